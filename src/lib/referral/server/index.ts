export { answerReferral, lockReferral, type AnswerFacts } from './answer.ts';
export { answerByReferralLink, referralByLink } from './by-link.ts';
export { bodiesFor, type Body } from './bodies.ts';
export { ownKey } from './keys.ts';
export { lettersJob, sendLetters, troubledLetters } from './letters.ts';
export { peersOf, pinPeer, unpinPeer } from './manage-peers.ts';
export { answerInOffice } from './office.ts';
export {
	ageing,
	custodyOf,
	receivedReferrals,
	referralPage,
	sentReferrals,
	type Custody,
	type Partner,
	type ShownReferral
} from './read.ts';
export {
	endResponsibility,
	previewResponsibility,
	responsibilityTable,
	setResponsibility,
	type ResponsibilityPreview
} from './manage-responsibility.ts';
export { responsibleBody, sayWhoIsResponsible } from './responsible.ts';
export { takeLetter } from './take.ts';
export { refer, type Referral, type ReferralFacts } from './send.ts';
export { referralToken } from './token.ts';
