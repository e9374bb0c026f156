export { appointActing, councillorsToAsk } from './appoint-acting.ts';
export { councillorsOfWard } from './councillors.ts';
export {
	contactIndex,
	attachContact,
	contactValue,
	chosenFirst,
	findContact,
	keepContact,
	onContactProved,
	proveContact,
	readContact,
	readPhone,
	type KeptContact
} from './contacts.ts';
export { demoPersonId } from './demo.ts';
export { linkedPeople } from './linked.ts';
export { mayDecide } from './second-admin.ts';
export {
	activeMunicipalities,
	departmentsOf,
	knownMunicipality,
	municipalityByCode,
	municipalityByHost,
	municipalityById,
	type Department,
	type Municipality
} from './municipalities.ts';
export {
	closeAllSessions,
	closeSession,
	findVisit,
	grantsOf,
	openSession,
	type NewSession,
	type Visit
} from './sessions.ts';
export {
	addDepartment,
	departmentOf,
	editDepartment,
	reopenDepartment,
	staffByDepartment
} from './manage-departments.ts';
export {
	createMunicipality,
	editMunicipality,
	municipalitiesOf,
	municipalityInReach,
	municipalityToRun,
	type Settle
} from './manage-municipality.ts';
export { pendingTry } from './code-tries.ts';
export { proveCode, type Proved } from './prove-code.ts';
export { beginSignIn, type SentCode } from './send-code.ts';
export { peopleOfTry, settleSignIn } from './sign-in.ts';
export { giveBack, spend, type Budget, type From } from './throttle.ts';
export { decideFactorReset, openFactorResets, requestFactorReset } from './factor-resets.ts';
export { decideGrantRequest, openGrantRequests, type GrantRequest } from './grant-requests.ts';
export { endGrant } from './grants.ts';
export { giveGrant } from './give-grant.ts';
export { cancelLeave, handOver, leaveOf, type Leave } from './leave.ts';
export { acceptInvitation } from './accept-invitation.ts';
export {
	invite,
	inviteFirstAdmin,
	openInvitations,
	resendInvitation,
	revokeInvitation,
	type Invitation
} from './invitations.ts';
export { openLink, type SentLink, type TellLink } from './links.ts';
export { askForNewPassword, setPassword } from './new-password.ts';
export { endOtherSessions, endOwnSession, ownSessions } from './own-sessions.ts';
export {
	confirmSecondFactor,
	isRecent,
	keptOffer,
	newRecoveryCodes,
	offerSecret,
	secondFactorOf,
	showFactorAgain
} from './second-factor.ts';
export { hasSecondFactor } from './totp.ts';
export { isBetween, showPassword, showSecondFactor } from './staff-sign-in.ts';
export {
	addOwnContact,
	contactToFill,
	ownContacts,
	ownWards,
	removeOwnContact,
	roomForContact,
	chooseOwnContact,
	saveProfile,
	unwatchWard,
	watchWard
} from './account.ts';
export { noticeVersion } from '../notice.ts';
export { decideRetention, retentionOf, type Retention } from './retention.ts';
export {
	colleague,
	colleaguesForLeave,
	colleaguesOf,
	councillorTerms,
	endSessionsOf,
	sendPasswordLink
} from './people.ts';
export { forgetSignIns } from './jobs.ts';
export {
	importCouncillors,
	type CouncillorFile,
	type CouncillorImport
} from './import-councillors.ts';
