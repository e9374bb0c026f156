import { holds, type Actor, type Permission } from '#lib/identity/permissions.ts';
import type { IconName } from '#lib/ui/icons.ts';

interface SetupDoor {
	path: string;
	name: string;
	/** What somebody does there. */
	what: string;
	icon: IconName;
	needs: Permission;
}

/** What can be set up about a municipality, and who may. */
// prettier-ignore
export const setupDoors: SetupDoor[] = [
	{ path: '/office/setup/municipality', name: 'The municipality', what: 'Its name, languages, contact and emergency numbers', icon: 'home', needs: 'municipality.manage' },
	{ path: '/office/setup/municipalities', name: 'Municipalities of the district', what: 'Look at each, or start a new one from the template', icon: 'map', needs: 'municipality.create' },
	{ path: '/office/setup/departments', name: 'Departments', what: 'Who does the work: departments, other bodies, aid agencies', icon: 'people', needs: 'municipality.manage' },
	{ path: '/office/setup/services', name: 'Services', what: 'What residents can report, and the questions the form asks', icon: 'report', needs: 'service.manage' },
	{ path: '/office/setup/routing', name: 'Where reports go', what: 'Every service and the department that gets it, on one page', icon: 'arrow', needs: 'service.manage' },
	{ path: '/office/setup/responsibility', name: 'Who is responsible for what', what: 'What is the district’s, the utility’s or the province’s, and where', icon: 'map', needs: 'service.manage' },
	{ path: '/office/setup/installations', name: 'Other installations', what: 'Keys agreed with other bodies that run this, and what did not get through', icon: 'key', needs: 'municipality.manage' },
	{ path: '/office/setup/agreements', name: 'What is promised', what: 'How soon somebody looks, answers and has it done, by service', icon: 'flag', needs: 'clock.manage' },
	{ path: '/office/setup/calendars', name: 'Hours of work', what: 'When each department works, and days that were proclaimed', icon: 'clock', needs: 'clock.manage' },
	{ path: '/office/setup/internal', name: 'Between departments', what: 'Who is done with their part how long before the promise', icon: 'people', needs: 'clock.manage' },
	{ path: '/office/setup/ladders', name: 'Who hears of what is late', what: 'Supervisor, director, municipal manager: when, by service', icon: 'arrow', needs: 'clock.manage' },
	{ path: '/office/setup/templates', name: 'Ready answers', what: 'Replies that are written once and used often', icon: 'msg', needs: 'template.manage' },
	{ path: '/office/setup/budgets', name: 'What SMS may cost', what: 'The price of a part, and what each department may spend in a month', icon: 'msg', needs: 'budget.manage' },
	{ path: '/office/setup/retention', name: 'How long we keep things', what: 'When personal details are deleted', icon: 'clock', needs: 'retention.manage' },
	{ path: '/office/audit', name: 'Who did what', what: 'Every deed, in order. Nobody can change it', icon: 'eye', needs: 'audit.read' }
];

export const setupDoorsOpenTo = (actor: Actor) =>
	setupDoors.filter(({ needs }) => holds(actor, needs));
