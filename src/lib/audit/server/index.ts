export { canonical, installationChain, record, recordAll, type Deed } from './record.ts';
export { verifyAudit, type ChainReport } from './verify.ts';
export { auditFile, auditPage, deedsDone, type AuditQuestion } from './list.ts';
