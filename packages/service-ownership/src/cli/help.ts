/** What `ownership --help` prints. */
export const HELP = `ownership: who owns what, which promises hold, whom to page and what changed, from traces

  ownership catalog --spans FILE… [--catalog DIR] [--write DIR]
      every service with owner, versions, operations, callers, callees and databases, and where the
      catalogue's files differ; --write drafts the entries that are missing

  ownership objectives --spans FILE… --slo FILE… [--catalog DIR] [--at TIME] [--speed N]
      attainment, error budget and burn rates of each objective, and of those derived from it for
      the services below; --at is the end of the last span if left out, or now; at --speed 1440 a
      minute counts as a day

  ownership page --spans FILE… --slo FILE… [--catalog DIR] [--webhook URL --state FILE]
      who is to be paged, the owner of the cause and not of the symptom, with the evidence, and what
      to write to those affected; delivers it as Alertmanager does, once, says when it is over, and
      keeps in --state what could not be delivered; --repeat 240 says it again after so many minutes

  ownership pager [--port 9095]
      stands in for a pager: prints what --webhook sends to it, until it is stopped

  ownership what-changed --spans FILE… (--since TIME | --windows A,B | --version SERVICE@VERSION |
                         --resource KEY=VALUE | --attribute KEY=VALUE)
      two sets of traces, before and since a time, or without and with a version or a value: who may
      answer for the difference, how much of it, and how sure that is

  ownership evaluate --spans FILE… --cases FILE
      how often what-changed names the right service in labelled cases, beside plain rules

  ownership report --spans FILE… [--slo FILE…] [--catalog DIR] [--since TIME …] [--out ownership.html]
      all of it as one HTML file that needs no network and no script

--spans takes OTLP JSON lines, as the Collector's file exporter writes them, or Parquet with the
columns of its ClickHouse exporter; it may be given again. --catalog takes Backstage catalog-info.yaml
files, --slo those of OpenSLO v1. All take --json, and --memory MB, beyond which they spill to disk.
Exit codes: 0 all is as it should be; 1 it is not; 2 could not run.`;
