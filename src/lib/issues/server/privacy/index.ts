export { erasePerson, type Erased } from './erase-person.ts';
export { exportPerson, type PersonExport } from './export-person.ts';
export { applyRetention, retentionNightly } from './retention-job.ts';
export { answerRequest, ownRequests, privacyDesk, requestPrivacy } from './requests.ts';
export { takeRequest, type TakenRequest } from './take-request.ts';
export { keepAside, type Keeper } from './keepers.ts';
