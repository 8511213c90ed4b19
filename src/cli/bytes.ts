const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

/** In the largest unit of which there is at least one: "3.1 MB". */
export function bytesAs(bytes: number): string {
  let value = bytes;
  for (const unit of UNITS) {
    if (value < 1_000 || unit === 'TB') return unit === 'bytes' ? `${value} bytes` : `${value.toFixed(1)} ${unit}`;
    value /= 1_000;
  }
  return `${bytes} bytes`;
}
