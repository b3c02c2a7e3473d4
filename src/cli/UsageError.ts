/** What the user has to write differently; the command ends with 2 then, and with 1 for other errors. */
export class UsageError extends Error {}
