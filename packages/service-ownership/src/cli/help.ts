/** What `ownership --help` prints. */
export const HELP = `ownership: who owns what, which promises hold, whom to page and what changed, from traces

  ownership catalog --spans FILE… [--catalog DIR] [--write DIR]
      every service with owner, versions, operations, callers, callees and databases, and where the
      catalogue's files differ; --write drafts the entries that are missing

  ownership evaluate --spans FILE… --cases FILE
      how often what-changed names the right service in labelled cases, beside plain rules

--spans takes OTLP JSON lines, as the Collector's file exporter writes them, or Parquet with the
columns of its ClickHouse exporter; it may be given again. --catalog takes Backstage catalog-info.yaml
files. All take --json, and --memory MB, beyond which they spill to disk.
Exit codes: 0 all is as it should be; 1 it is not; 2 could not run.`;
