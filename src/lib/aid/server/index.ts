export { act, type AidPlace } from './act.ts';
export { decidePair, openPairs, pairPage, type Decision } from './adjudicate.ts';
export { findAlike, lookForAlike } from './alike.ts';
export { assign, candidatesFor, endAssignment, placesOf } from './assign.ts';
export { cardPage, householdByCard } from './cards.ts';
export {
	declareLink,
	memberDied,
	moveHousehold,
	replaceCard,
	splitHousehold,
	type LossReason
} from './changes.ts';
export {
	addProgramme,
	addSite,
	agenciesOf,
	closePlace,
	eventOf,
	eventsOf,
	openEvent,
	openEventFor,
	sameName,
	type AidEvent,
	type AidProgramme,
	type AidSite
} from './events.ts';
export { overview } from './overview.ts';
export { withinRules } from './refuse.ts';
export {
	findHouseholds,
	householdPage,
	sitesToRegisterAt,
	type FoundHousehold,
	type ShownHousehold
} from './read.ts';
export { addMember, assessHousehold, registerHousehold } from './register.ts';
