/** The attributes that once had another name, by the name they have now. */
export function deprecatedKeysFor(key: string): readonly string[] {
  return Object.hasOwn(DEPRECATED, key) ? (DEPRECATED[key] ?? []) : [];
}

/**
 * From the attribute registry of the semantic conventions 1.44, "Deprecated": HTTP, database, network and code
 * attributes that are still common in tutorials.
 */
const DEPRECATED: Readonly<Record<string, readonly string[]>> = {
  'http.request.method': ['http.method'],
  'http.response.status_code': ['http.status_code'],
  'url.full': ['http.url'],
  'url.path': ['http.target'],
  'url.query': ['http.target'],
  'url.scheme': ['http.scheme'],
  'client.address': ['http.client_ip', 'net.sock.peer.addr'],
  'server.address': ['net.peer.name', 'net.host.name', 'http.host', 'http.server_name'],
  'server.port': ['net.peer.port', 'net.host.port'],
  'user_agent.original': ['http.user_agent'],
  'network.protocol.version': ['http.flavor'],
  'db.system.name': ['db.system'],
  'db.namespace': ['db.name'],
  'db.query.text': ['db.statement'],
  'db.operation.name': ['db.operation'],
  'db.collection.name': ['db.sql.table'],
  'messaging.operation.type': ['messaging.operation'],
  'error.type': ['exception.type', 'error.name'],
  'code.function.name': ['code.function'],
  'code.file.path': ['code.filepath'],
  'code.line.number': ['code.lineno'],
  'deployment.environment.name': ['deployment.environment'],
};
