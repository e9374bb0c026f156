export { answerByLink, answerClaim, type Answer } from './answer-claim.ts';
export { answerToken, readAnswerToken, type Answerer } from './links.ts';
export { addNote, longestNote, reopen, setNameShown, withdraw } from './own-deeds.ts';
export { type Issue, type Part, type Standing } from './standing.ts';
export { support, withdrawSupport, type Support } from './support.ts';
