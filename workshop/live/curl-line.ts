/** A request as a line for the shell. */
export function curlLine(method: string, url: string, body?: unknown): string {
  const sent = body === undefined ? '' : ` -H "content-type: application/json" -d ${quote(JSON.stringify(body))}`;
  return `curl -s${method === 'GET' ? '' : ` -X ${method}`} ${url}${sent}`;
}

/** Every shell reads double quotes; what would mean something to one of them in between is escaped. */
function quote(text: string): string {
  return `"${text.replace(/[\\"$`]/g, '\\$&')}"`;
}
