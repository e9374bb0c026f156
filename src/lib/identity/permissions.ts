/** Every role somebody can hold. `resident` needs no grant: everyone who signed in is one. */
export const roles = [
	'resident',
	'ward_committee',
	'councillor',
	'agent',
	'field_worker',
	'department_officer',
	'supervisor',
	'director',
	'municipal_manager',
	'communications',
	'translator',
	'disaster_officer',
	'disaster_approver',
	'incident_commander',
	'aid_registrar',
	'aid_approver',
	'aid_storekeeper',
	'aid_distributor',
	'aid_finance',
	'aid_verifier',
	'aid_adjudicator',
	'aid_complaints',
	'aid_auditor',
	'admin',
	'district_admin'
] as const;
export type Role = (typeof roles)[number];

export const isRole = (text: unknown): text is Role => roles.includes(text as Role);

/** How far a permission reaches, from the narrowest to the widest. */
export type Reach = 'own' | 'ward' | 'department' | 'agency' | 'municipality' | 'district';

/**
 * Every permission in the product: who holds it, and how far.
 * Councillors see, comment, ask, escalate, promise and report back. Item 10 of the Code of Conduct
 * (Structures Act, Schedule 7) forbids them to interfere in administration: they hold none of
 * `case.work`, `case.assign`, `case.claim`, `case.decline`, and nothing under `aid.`.
 */
// prettier-ignore
export const permissions = {
	'issue.own':            { resident: 'own' },
	'issue.capture':        { agent: 'municipality', field_worker: 'municipality' },
	'issue.moderate':       { agent: 'municipality', communications: 'municipality' },
	'case.read':            { councillor: 'ward', agent: 'municipality', field_worker: 'department', department_officer: 'department', supervisor: 'department', director: 'department', municipal_manager: 'municipality' },
	'case.read_private':    { agent: 'municipality', department_officer: 'department', supervisor: 'department', director: 'department', municipal_manager: 'municipality' },
	'case.reply':           { agent: 'municipality', field_worker: 'department', department_officer: 'department', supervisor: 'department', director: 'department', municipal_manager: 'municipality' },
	'case.work':            { field_worker: 'department', department_officer: 'department', supervisor: 'department', director: 'department' },
	'case.assign':          { agent: 'municipality', department_officer: 'department', supervisor: 'department', director: 'department', municipal_manager: 'municipality' },
	'case.claim':           { field_worker: 'department', department_officer: 'department', supervisor: 'department', director: 'department' },
	'case.decline':         { department_officer: 'department', supervisor: 'department', director: 'department' },
	'case.reopen':          { agent: 'municipality', supervisor: 'department', director: 'department', municipal_manager: 'municipality' },
	'case.bulk':            { agent: 'municipality', supervisor: 'department', director: 'department' },
	'case.comment':         { councillor: 'ward' },
	'case.ask':             { councillor: 'ward' },
	'case.escalate':        { councillor: 'ward', agent: 'municipality', supervisor: 'department' },
	'referral.answer':      { agent: 'municipality', department_officer: 'municipality', supervisor: 'municipality', director: 'municipality', municipal_manager: 'municipality' },
	'outage.publish':       { agent: 'municipality', supervisor: 'department', director: 'department', municipal_manager: 'municipality', communications: 'municipality' },
	'suggestion.answer':    { councillor: 'ward' },
	'commitment.make':      { councillor: 'ward', director: 'department', municipal_manager: 'municipality' },
	'news.publish':         { communications: 'municipality' },
	'template.manage':      { supervisor: 'department', director: 'department', communications: 'municipality', admin: 'municipality' },
	'service.manage':       { admin: 'municipality' },
	'municipality.manage':  { admin: 'municipality', district_admin: 'district' },
	'municipality.create':  { district_admin: 'district' },
	'people.manage':        { admin: 'municipality', district_admin: 'district' },
	'delegation.manage':    { supervisor: 'department', director: 'department', admin: 'municipality' },
	'retention.manage':     { admin: 'municipality' },
	'channel.watch':        { communications: 'municipality', disaster_officer: 'municipality', disaster_approver: 'municipality', incident_commander: 'municipality', municipal_manager: 'municipality', admin: 'municipality', district_admin: 'district' },
	'channel.on_call':      { disaster_officer: 'municipality', admin: 'municipality' },
	'alert.read':           { disaster_officer: 'municipality', disaster_approver: 'municipality', incident_commander: 'municipality', communications: 'municipality', municipal_manager: 'municipality', admin: 'municipality' },
	'alert.texts':          { disaster_officer: 'municipality', disaster_approver: 'municipality', incident_commander: 'municipality', communications: 'municipality', municipal_manager: 'municipality', translator: 'municipality', admin: 'municipality' },
	'alert.compose':        { disaster_officer: 'municipality', disaster_approver: 'municipality', incident_commander: 'municipality', communications: 'municipality' },
	'alert.approve':        { disaster_officer: 'municipality', disaster_approver: 'municipality', incident_commander: 'municipality' },
	'alert.retract':        { disaster_officer: 'municipality', disaster_approver: 'municipality', incident_commander: 'municipality' },
	'alert.break_glass':    { incident_commander: 'municipality' },
	'alert.templates':      { communications: 'municipality', admin: 'municipality' },
	'alert.translate':      { translator: 'municipality' },
	'help.answer':          { disaster_officer: 'municipality', disaster_approver: 'municipality', incident_commander: 'municipality', agent: 'municipality' },
	'alert.places':         { disaster_officer: 'municipality', disaster_approver: 'municipality', incident_commander: 'municipality' },
	'alert.keys':           { admin: 'municipality', district_admin: 'district' },
	'alert.roster':         { disaster_approver: 'municipality', admin: 'municipality' },
	'shelter.count':        { ward_committee: 'municipality', disaster_officer: 'municipality', disaster_approver: 'municipality', incident_commander: 'municipality' },
	'rumour.answer':        { communications: 'municipality', disaster_officer: 'municipality', disaster_approver: 'municipality', incident_commander: 'municipality' },
	'clock.manage':         { admin: 'municipality' },
	'clock.watch':          { supervisor: 'department', director: 'department', municipal_manager: 'municipality', admin: 'municipality' },
	'budget.manage':        { municipal_manager: 'municipality', admin: 'municipality' },
	'privacy.handle':       { municipal_manager: 'municipality', admin: 'municipality' },
	'aid.read':             { disaster_officer: 'municipality', disaster_approver: 'municipality', incident_commander: 'municipality', municipal_manager: 'municipality', aid_registrar: 'municipality', aid_approver: 'municipality', aid_storekeeper: 'municipality', aid_distributor: 'municipality', aid_finance: 'municipality', aid_verifier: 'municipality', aid_adjudicator: 'municipality', aid_auditor: 'municipality' },
	'aid.manage':           { disaster_officer: 'municipality', incident_commander: 'municipality' },
	'aid.register':         { aid_registrar: 'municipality' },
	'aid.adjudicate':       { aid_adjudicator: 'municipality' },
	'audit.read':           { municipal_manager: 'municipality', admin: 'municipality', aid_auditor: 'municipality' }
} as const satisfies Record<string, Partial<Record<Role, Reach>>>;

export type Permission = keyof typeof permissions;

export interface NewGrant {
	role: Role;
	wardCode?: string | null;
	departmentId?: string | null;
	term?: 'ward' | 'pr' | 'acting' | null;
	startsAt?: string;
	endsAt?: string | null;
}

/** A grant that holds now. */
export interface Grant {
	id: string;
	municipalityId: string;
	role: Role;
	wardCode: string | null;
	departmentId: string | null;
	term: 'ward' | 'pr' | 'acting' | null;
	/** Whose grant this is, while its owner is on leave and hands it over. */
	insteadOf?: string;
}

/** Somebody who signed in. */
export interface Actor {
	id: string;
	name: string;
	language: string;
	grants: Grant[];
	session: { id: string; kind: 'resident' | 'staff'; secondFactorAt: Date | null };
}

/** What is asked about: a thing belongs to a municipality, and perhaps to a person, ward or department. */
export interface Owned {
	municipalityId: string;
	ownerId?: string | null;
	/** The ward it was raised in and the one it lies in today: either councillor may speak. */
	wardCodes?: Array<string | null>;
	departmentId?: string | null;
	districtId?: string | null;
}

const reachIn = (permission: Permission, role: Role): Reach | undefined =>
	(permissions[permission] as Partial<Record<Role, Reach>>)[role];

/** The grants of a person that carry a permission, each with how far it reaches there. */
export const grantsFor = (actor: Pick<Actor, 'grants'>, permission: Permission) =>
	actor.grants.flatMap((grant) => {
		const reach = reachIn(permission, grant.role);
		return reach ? [{ grant, reach }] : [];
	});

/** Whether a person holds a permission anywhere: the door's question. The verb asks `can` about the thing itself. */
export const holds = (actor: Actor, permission: Permission) =>
	reachIn(permission, 'resident') !== undefined || grantsFor(actor, permission).length > 0;

/** Whether a person may do this to that. */
export function can(actor: Actor | null, permission: Permission, thing: Owned): boolean {
	if (!actor) return false;
	if (reachIn(permission, 'resident') === 'own' && thing.ownerId === actor.id) return true;
	return grantsFor(actor, permission).some(({ grant, reach }) =>
		covers(grant, reach, actor, thing)
	);
}

function covers(grant: Grant, reach: Reach, actor: Pick<Actor, 'id'>, thing: Owned): boolean {
	if (reach === 'district')
		return (
			thing.districtId === grant.municipalityId || thing.municipalityId === grant.municipalityId
		);
	if (thing.municipalityId !== grant.municipalityId) return false;

	switch (reach) {
		case 'own':
			return thing.ownerId === actor.id;
		case 'ward':
			return grant.wardCode !== null && (thing.wardCodes ?? []).includes(grant.wardCode);
		case 'department':
		case 'agency':
			return grant.departmentId !== null && thing.departmentId === grant.departmentId;
		case 'municipality':
			return true;
	}
}

/** Whoever is on leave and for whom somebody does this; nobody when a grant of their own allows it. */
export const inPlaceOf = (
	actor: Pick<Actor, 'id' | 'grants'>,
	permission: Permission,
	thing: Owned
): string | undefined => {
	const ways = grantsFor(actor, permission).filter(({ grant, reach }) =>
		covers(grant, reach, actor, thing)
	);
	return ways.some(({ grant }) => !grant.insteadOf) ? undefined : ways[0]?.grant.insteadOf;
};

/** Staff is whoever holds any grant; residents have none. */
export const isStaff = (actor: Actor) => actor.grants.length > 0;

/** In which capacity somebody acts on a thing, for the record: the first grant that allows it. */
export const capacity = (actor: Actor, permission: Permission, thing: Owned): Role =>
	grantsFor(actor, permission).find(({ grant, reach }) => covers(grant, reach, actor, thing))?.grant
		.role ?? 'resident';

/** Roles that cannot work without a second factor: who can broadcast, touch aid, or hand out power. */
export const secondFactorRoles: ReadonlySet<Role> = new Set<Role>([
	'communications',
	'disaster_officer',
	'disaster_approver',
	'incident_commander',
	'aid_registrar',
	'aid_approver',
	'aid_storekeeper',
	'aid_distributor',
	'aid_finance',
	'aid_verifier',
	'aid_adjudicator',
	'aid_complaints',
	'aid_auditor',
	'municipal_manager',
	'admin',
	'district_admin'
]);

export const needsSecondFactor = (actor: Actor) =>
	actor.grants.some(({ role }) => secondFactorRoles.has(role));
