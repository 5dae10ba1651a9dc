export {
  carryOut,
  type ImportOptions,
  type ImportOutcome,
  type InitialPassword,
  type PasswordMaker,
} from './carry-out.ts';
export { byteOrderMark, csvLine } from './cells.ts';
export type { ImportProblem, PasswordJudge, PlannedUser } from './check.ts';
export { type ColumnMap, type Field, fields, isField } from './columns.ts';
export { decode, type Encoding, encodings } from './decode.ts';
export { type ImportPlan, type PlanOptions, planImport } from './plan.ts';
export { readLines } from './rows.ts';
