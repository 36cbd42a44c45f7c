/** What `trace-shapes --help` prints. */
export const HELP = `trace-shapes: look at OpenTelemetry traces, and compare them with the shape that you expect

  trace-shapes receive [--port 4318] [--save FILE]
      receives OTLP over HTTP (JSON or protobuf, gzipped or not) and prints each trace as a tree;
      --save appends all that arrives to FILE as OTLP JSON lines

  trace-shapes print FILE [--most 20]
      prints the traces of OTLP JSON lines, as the Collector's file exporter writes them, at most
      so many

  trace-shapes compare FILE SHAPE.ts [--export NAME] [--json]
      compares the telemetry of FILE with the shape that the module exports: its default export or
      its only one, unless --export names another

  trace-shapes infer FILE [--trace ID] [--name expected] [--omit KEY]…
      prints a shape to start from, that the traces of FILE match: > expected.ts

FILE may be - for what is piped in. Exit codes: 0 done, or as expected; 1 not as expected; 2 could not run.`;
