/** What a path of a site answers. */
export interface Answer {
  readonly type: string;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Site {
  /** `http://localhost:…`, without a slash at its end; browsers trust it as they trust https. */
  readonly origin: string;
  close(): Promise<void>;
}

export function serveSite(find: (path: string) => Answer | undefined): Promise<Site>;
