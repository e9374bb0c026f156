export { act, type AidPlace } from './act.ts';
export { assign, candidatesFor, endAssignment, placesOf } from './assign.ts';
export {
	addProgramme,
	addSite,
	agenciesOf,
	closePlace,
	eventOf,
	eventsOf,
	openEvent,
	type AidEvent,
	type AidProgramme,
	type AidSite
} from './events.ts';
export { overview } from './overview.ts';
export { withinRules } from './refuse.ts';
