/** What the app answered. */
export type Answer = { readonly status: number; readonly body: unknown };

/** Sends one request, with a JSON body if one is given, and reads the answer as JSON where it is JSON. */
export async function sendRequest(method: string, url: string, body?: unknown, signal?: AbortSignal): Promise<Answer> {
  const response = await fetch(url, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    ...(signal ? { signal } : {}),
  });
  const text = await response.text();
  return { status: response.status, body: parseIfJson(text) };
}

function parseIfJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
