// service-ownership/codes: the table of codes alone, for programs that load no database until they need one.
export { CODE_TABLE, type Code, type CodeDescription } from '../explain/finding.ts';
