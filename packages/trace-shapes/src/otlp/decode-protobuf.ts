import { type DescField, type DescMessage, ScalarType } from '@bufbuild/protobuf';
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import type { Fields } from './read-fields.ts';

/**
 * Decodes a protobuf message as plain fields, named as in JSON: what did not come is not there, and of a oneof there is
 * what came last. Throws when the bytes are no such message. The library's own messages, with types, defaults and unknown
 * fields that nobody here asks for, take twice as long to make.
 */
export function decodeProtobuf(schema: DescMessage, bytes: Uint8Array): Fields {
  return readMessage({}, planOf(schema), { reader: new BinaryReader(bytes), depth: 0 }, bytes.length);
}

interface Input {
  readonly reader: BinaryReader;
  /** How many messages the reader is in. */
  depth: number;
}

/** Fields of a message that is being read. Their names are the schema's, never the sender's. */
type Message = Record<string, unknown>;

interface FieldPlan {
  readonly name: string;
  readonly isOneOf: boolean;
  readonly read: ReadField;
}

/** Reads a field's value into the message. */
type ReadField = (message: Message, input: Input, wireType: WireType) => void;

function readMessage(message: Message, plan: readonly (FieldPlan | undefined)[], input: Input, length: number) {
  if (++input.depth > MAX_DEPTH) throw new Error(`it is nested deeper than ${MAX_DEPTH} messages`);
  const { reader } = input;
  const end = reader.pos + length;
  let chosen: string | undefined;
  while (reader.pos < end) {
    const [number, wireType] = reader.tag();
    const field = plan[number];
    if (field === undefined) {
      reader.skip(wireType, number, MAX_DEPTH - input.depth);
      continue;
    }
    if (field.isOneOf) {
      if (chosen !== undefined && chosen !== field.name) delete message[chosen];
      chosen = field.name;
    }
    field.read(message, input, wireType);
  }
  input.depth--;
  return message;
}

/** The fields of a message by their numbers. */
function planOf(schema: DescMessage): readonly (FieldPlan | undefined)[] {
  const known = PLANS.get(schema);
  if (known !== undefined) return known;
  const plan: FieldPlan[] = [];
  // Before its fields are planned, as a value may hold values.
  PLANS.set(schema, plan);
  for (const field of schema.fields) {
    plan[field.number] = { name: field.localName, isOneOf: field.oneof !== undefined, read: planField(field) };
  }
  return plan;
}

function planField(field: DescField): ReadField {
  const name = field.localName;
  if (field.fieldKind === 'message') return planMessage(name, field.message);
  if (field.fieldKind === 'list' && field.listKind === 'message') return planMessages(name, field.message);
  if (field.fieldKind === 'map') throw new Error(`OTLP has no maps, but ${field} is one.`);
  const type = 'scalar' in field && field.scalar !== undefined ? field.scalar : ScalarType.INT32;
  const readScalar = SCALARS[type];
  if (readScalar === undefined) throw new Error(`OTLP has no ${ScalarType[type]}, but ${field} is one.`);
  if (field.fieldKind === 'list') return planNumbers(name, readScalar);
  return (message, { reader }) => {
    message[name] = readScalar(reader);
  };
}

/** A message that comes in pieces is all of them. */
function planMessage(name: string, schema: DescMessage): ReadField {
  const plan = planOf(schema);
  return (message, input) => {
    const known = message[name] as Message | undefined;
    message[name] = readMessage(known ?? {}, plan, input, input.reader.uint32());
  };
}

function planMessages(name: string, schema: DescMessage): ReadField {
  const plan = planOf(schema);
  return (message, input) => {
    const item = readMessage({}, plan, input, input.reader.uint32());
    const list = message[name] as unknown[] | undefined;
    if (list === undefined) message[name] = [item];
    else list.push(item);
  };
}

/** Numbers come packed or one at a time. */
function planNumbers(name: string, readScalar: ReadScalar): ReadField {
  return (message, { reader }, wireType) => {
    const list = (message[name] ?? []) as unknown[];
    message[name] = list;
    if (wireType !== WireType.LengthDelimited) list.push(readScalar(reader));
    else for (const end = reader.uint32() + reader.pos; reader.pos < end; ) list.push(readScalar(reader));
  };
}

type ReadScalar = (reader: BinaryReader) => unknown;

/** The types that OTLP has. */
const SCALARS: { readonly [type in ScalarType]?: ReadScalar } = {
  [ScalarType.STRING]: (reader) => reader.string(true),
  [ScalarType.BYTES]: (reader) => reader.bytes(),
  [ScalarType.BOOL]: (reader) => reader.bool(),
  [ScalarType.DOUBLE]: (reader) => reader.double(),
  [ScalarType.INT32]: (reader) => reader.int32(),
  [ScalarType.SINT32]: (reader) => reader.sint32(),
  [ScalarType.UINT32]: (reader) => reader.uint32(),
  [ScalarType.FIXED32]: (reader) => reader.fixed32(),
  [ScalarType.INT64]: (reader) => reader.int64(),
  [ScalarType.UINT64]: (reader) => reader.uint64(),
  [ScalarType.FIXED64]: (reader) => reader.fixed64(),
  [ScalarType.SFIXED64]: (reader) => reader.sfixed64(),
};

const PLANS = new Map<DescMessage, readonly (FieldPlan | undefined)[]>();

/** Room for a value of the greatest allowed depth, each level of which takes up to three messages. */
const MAX_DEPTH = 200;
