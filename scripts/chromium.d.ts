export const CHROMIUM: string;
export const LAUNCH_OPTIONS: { executablePath: string; args: string[] };
