export { canonical, installationChain, record, type Deed } from './record.ts';
export { verifyAudit, type ChainReport } from './verify.ts';
