/** Capacity units by DynamoDB's rules: what a request costs. */

export type Units = { read: number; write: number }

export const NO_UNITS: Readonly<Units> = { read: 0, write: 0 }
