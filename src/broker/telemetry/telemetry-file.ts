/** A key of ktool's own: the file that telemetry of clients is appended to, one line of JSON for each data point. */
export const TELEMETRY_FILE = 'ktool.client.telemetry.file';
