/** A request that reached the stand-in, in the order of arrival. */
export interface JournalEntry {
  /** Wall clock, ms. */
  at: number;
  method: string;
  /** As Discord's documentation writes it, e.g. `/channels/{channel_id}/messages`; '' if unknown. */
  route: string;
  path: string;
  query: URLSearchParams;
  /** Undefined until answered; 0 where the connection was cut. */
  status: number | undefined;
  /** The JSON of the request, or of its `payload_json`. */
  body: unknown;
  files: { name: string; sizeBytes: number }[];
  auth: 'bot' | 'none' | 'other';
}
