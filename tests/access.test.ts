import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { access, type Door } from '../src/access.ts';
import { clash, grantObstacle, isOwnLastAdmin } from '#lib/identity/grant-rules.ts';
import {
	can,
	holds,
	needsSecondFactor,
	permissions,
	roles,
	secondFactorRoles,
	type Actor,
	type Grant,
	type Owned,
	type Permission,
	type Reach,
	type Role
} from '#lib/identity/permissions.ts';
import { roleNames } from '#lib/identity/wording.ts';

/**
 * Who may do what, and how far, written down a second time by hand: a slip in the table that the
 * product reads shows here. A new permission or role gets its line here, or this test fails.
 */
// prettier-ignore
const mayDo: Record<Role, string> = {
	resident:           'issue.own:own',
	ward_committee:     'shelter.count:municipality',
	councillor:         'case.read:ward case.comment:ward case.ask:ward case.escalate:ward suggestion.answer:ward commitment.make:ward',
	agent:              'outage.publish:municipality referral.answer:municipality issue.capture:municipality issue.moderate:municipality case.read:municipality case.read_private:municipality case.reply:municipality case.assign:municipality case.reopen:municipality case.bulk:municipality case.escalate:municipality help.answer:municipality',
	field_worker:       'issue.capture:municipality case.read:department case.reply:department case.work:department case.claim:department',
	department_officer: 'referral.answer:municipality case.read:department case.read_private:department case.reply:department case.work:department case.assign:department case.claim:department case.decline:department',
	supervisor:         'outage.publish:department referral.answer:municipality case.read:department case.read_private:department case.reply:department case.work:department case.assign:department case.claim:department case.decline:department case.reopen:department case.bulk:department case.escalate:department template.manage:department delegation.manage:department clock.watch:department',
	director:           'outage.publish:department referral.answer:municipality case.read:department case.read_private:department case.reply:department case.work:department case.assign:department case.claim:department case.decline:department case.reopen:department case.bulk:department commitment.make:department template.manage:department delegation.manage:department clock.watch:department',
	municipal_manager:  'outage.publish:municipality referral.answer:municipality clock.watch:municipality case.read:municipality case.read_private:municipality case.reply:municipality case.assign:municipality case.reopen:municipality commitment.make:municipality privacy.handle:municipality audit.read:municipality channel.watch:municipality budget.manage:municipality alert.read:municipality alert.texts:municipality aid.read:municipality',
	communications:     'outage.publish:municipality issue.moderate:municipality news.publish:municipality template.manage:municipality channel.watch:municipality alert.read:municipality alert.texts:municipality alert.compose:municipality alert.templates:municipality rumour.answer:municipality',
	translator:         'alert.translate:municipality alert.texts:municipality',
	disaster_officer:   'channel.watch:municipality channel.on_call:municipality alert.read:municipality alert.texts:municipality alert.compose:municipality alert.approve:municipality alert.retract:municipality alert.places:municipality shelter.count:municipality help.answer:municipality rumour.answer:municipality aid.read:municipality aid.manage:municipality',
	disaster_approver:  'channel.watch:municipality alert.read:municipality alert.texts:municipality alert.compose:municipality alert.approve:municipality alert.retract:municipality alert.places:municipality alert.roster:municipality shelter.count:municipality help.answer:municipality rumour.answer:municipality aid.read:municipality',
	incident_commander: 'channel.watch:municipality alert.read:municipality alert.texts:municipality alert.compose:municipality alert.approve:municipality alert.retract:municipality alert.break_glass:municipality alert.places:municipality shelter.count:municipality help.answer:municipality rumour.answer:municipality aid.read:municipality aid.manage:municipality',
	aid_registrar:      'aid.read:municipality aid.register:municipality',
	aid_approver:       'aid.read:municipality',
	aid_storekeeper:    'aid.read:municipality',
	aid_distributor:    'aid.read:municipality',
	aid_finance:        'aid.read:municipality',
	aid_verifier:       'aid.read:municipality',
	aid_adjudicator:    'aid.read:municipality aid.adjudicate:municipality',
	aid_complaints:     '',
	aid_auditor:        'aid.read:municipality audit.read:municipality',
	admin:              'clock.manage:municipality clock.watch:municipality template.manage:municipality service.manage:municipality municipality.manage:municipality people.manage:municipality delegation.manage:municipality retention.manage:municipality privacy.handle:municipality audit.read:municipality channel.watch:municipality channel.on_call:municipality budget.manage:municipality alert.read:municipality alert.texts:municipality alert.templates:municipality alert.keys:municipality alert.roster:municipality',
	district_admin:     'municipality.manage:district municipality.create:district people.manage:district channel.watch:district alert.keys:district'
};

const reachOf = (role: Role, permission: Permission): Reach | undefined =>
	mayDo[role]
		.split(' ')
		.find((each) => each.startsWith(`${permission}:`))
		?.split(':')[1] as Reach | undefined;

const everyPermission = Object.keys(permissions) as Permission[];

const grant = (role: Role, facts: Partial<Grant> = {}): Grant => ({
	id: `grant of ${role}`,
	municipalityId: 'Khanyisa',
	role,
	wardCode: 'ward 7',
	departmentId: 'Water',
	term: null,
	...facts
});
const somebody = (...grants: Grant[]): Actor => ({
	id: 'somebody',
	name: 'Somebody',
	language: 'en',
	grants: grants.filter(({ role }) => role !== 'resident'),
	session: { id: 'session', kind: 'staff', secondFactorAt: null }
});

// What is asked about, and the narrowest reach that still covers it.
// prettier-ignore
const things: Array<[string, Owned, Reach[]]> = [
	['their own issue at home', { municipalityId: 'Khanyisa', ownerId: 'somebody', districtId: 'Ulwandle' }, ['own', 'municipality']],
	['an issue in their ward', { municipalityId: 'Khanyisa', wardCodes: ['ward 7'], districtId: 'Ulwandle' }, ['ward', 'municipality']],
	['an issue that lay in their ward before the lines moved', { municipalityId: 'Khanyisa', wardCodes: ['ward 7', 'ward 3'], districtId: 'Ulwandle' }, ['ward', 'municipality']],
	['an issue in another ward', { municipalityId: 'Khanyisa', wardCodes: ['ward 3'], districtId: 'Ulwandle' }, ['municipality']],
	['a case in their department', { municipalityId: 'Khanyisa', departmentId: 'Water', districtId: 'Ulwandle' }, ['department', 'agency', 'municipality']],
	['a case in another department', { municipalityId: 'Khanyisa', departmentId: 'Roads', districtId: 'Ulwandle' }, ['municipality']],
	['a thing nobody has placed', { municipalityId: 'Khanyisa', wardCodes: [null], departmentId: null, districtId: 'Ulwandle' }, ['municipality']],
	['the same ward and department next door', { municipalityId: 'Thokozani', wardCodes: ['ward 7'], departmentId: 'Water', districtId: 'Ulwandle' }, []],
	['a thing in another district', { municipalityId: 'Elsewhere', wardCodes: ['ward 7'], departmentId: 'Water', districtId: 'Far' }, []]
];

test('the table of permissions says what was decided, no more and no less', () => {
	const table = Object.fromEntries(
		roles.map((role) => [
			role,
			everyPermission
				.flatMap((permission) => {
					const reach = (permissions[permission] as Partial<Record<Role, Reach>>)[role];
					return reach ? [`${permission}:${reach}`] : [];
				})
				.sort()
		])
	);
	expect(table).toEqual(
		Object.fromEntries(roles.map((role) => [role, mayDo[role].split(' ').filter(Boolean).sort()]))
	);
});

describe.each(roles)('%s', (role) => {
	test.each(things)('%s', (_, thing, covering) => {
		// A district administrator's grant stands in the district itself.
		const district = role === 'district_admin';
		const actor = somebody(grant(role, district ? { municipalityId: 'Ulwandle' } : {}));
		for (const permission of everyPermission) {
			const reach = reachOf(role, permission);
			const everyones = reachOf('resident', permission) === 'own' && thing.ownerId === actor.id;
			const expected =
				everyones ||
				(reach === 'district'
					? thing.districtId === 'Ulwandle'
					: reach !== undefined && role !== 'resident' && covering.includes(reach));
			expect([permission, can(actor, permission, thing)]).toEqual([permission, expected]);
		}
	});

	test('comes through the doors of what it holds, and no others', () => {
		const actor = somebody(grant(role));
		for (const permission of everyPermission)
			expect([permission, holds(actor, permission)]).toEqual([
				permission,
				reachOf(role, permission) !== undefined || reachOf('resident', permission) !== undefined
			]);
	});
});

test('nobody who is not signed in may do anything', () => {
	for (const permission of everyPermission)
		for (const [, thing] of things) expect(can(null, permission, thing)).toBe(false);
});

test('the law: councillors do not work, assign, close or decline cases, nor touch aid or people', () => {
	const councillor = somebody(grant('councillor', { term: 'ward' }));
	for (const permission of everyPermission)
		if (
			/^(alert\.|case\.(work|assign|claim|decline|bulk|reopen|reply|read_private)|aid\.|people\.|service\.|municipality\.)/.test(
				permission
			)
		)
			expect([permission, holds(councillor, permission)]).toEqual([permission, false]);
});

test('whoever can broadcast, touches aid or hands out power cannot work without a second factor', () => {
	const must = roles.filter(
		(role) =>
			role.startsWith('aid_') ||
			role.startsWith('disaster_') ||
			['incident_commander', 'communications', 'admin', 'district_admin'].includes(role) ||
			reachOf(role, 'people.manage')
	);
	for (const role of must) {
		expect([role, secondFactorRoles.has(role)]).toEqual([role, true]);
		expect(needsSecondFactor(somebody(grant(role)))).toBe(true);
	}
});

// prettier-ignore
test.each([
	['councillor', 'agent', 'councillor_and_official'],
	['department_officer', 'councillor', 'councillor_and_official'],
	['councillor', 'ward_committee', null],
	['aid_registrar', 'aid_approver', 'registers_and_approves'],
	['aid_approver', 'aid_registrar', 'registers_and_approves'],
	['aid_registrar', 'aid_storekeeper', null],
	['agent', 'agent', 'has_it_already']
] as const)('a %s may also be %s: %s', (role, other, obstacle) => {
	expect(clash(grant(role), [grant(other)])).toBe(obstacle);
});

describe('giving a role', () => {
	const chris = somebody(grant('admin'));
	const palesa = somebody(grant('district_admin', { municipalityId: 'Ulwandle' }));
	const khanyisa = { municipalityId: 'Khanyisa', districtId: 'Ulwandle', kind: 'B' } as const;
	const ulwandle = { municipalityId: 'Ulwandle', districtId: null, kind: 'C' } as const;
	const thokozani = { ...khanyisa, municipalityId: 'Thokozani' };
	const elsewhere = { ...khanyisa, municipalityId: 'Elsewhere', districtId: 'Far' };

	// prettier-ignore
	test.each([
		['the administrator, at home', chris, khanyisa, 'agent', null],
		['the administrator, next door', chris, thokozani, 'agent', 'not_allowed'],
		['the administrator, in the district', chris, ulwandle, 'agent', 'not_allowed'],
		['the administrator, of the district', chris, khanyisa, 'district_admin', 'needs_district'],
		['the district, in its municipality', palesa, khanyisa, 'admin', null],
		['the district, in another district', palesa, elsewhere, 'admin', 'not_allowed'],
		['the district, of its like at home', palesa, ulwandle, 'district_admin', null],
		['the district, of its like elsewhere', palesa, khanyisa, 'district_admin', 'needs_district'],
		['a councillor', somebody(grant('councillor')), khanyisa, 'agent', 'not_allowed'],
		['a director without a department', chris, khanyisa, 'director', 'needs_department'],
		['a councillor without a ward', chris, khanyisa, 'councillor', 'needs_ward'],
		['a resident', chris, khanyisa, 'resident', 'no_grant_needed']
	] as const)('%s', (_, actor, place, role, obstacle) => {
		expect(grantObstacle(actor, { place, grant: { role }, personId: 'pumla', held: [] })).toBe(obstacle);
	});

	test('never to oneself, and never one’s own last key away', () => {
		expect(
			grantObstacle(chris, {
				place: khanyisa,
				grant: { role: 'agent' },
				personId: chris.id,
				held: []
			})
		).toBe('not_yourself');
		const [key] = chris.grants;
		expect(isOwnLastAdmin(chris, key)).toBe(true);
		expect(isOwnLastAdmin(somebody(key, grant('admin', { id: 'another' })), key)).toBe(false);
		expect(isOwnLastAdmin(palesa, key)).toBe(false);
	});
});

describe('doors', () => {
	const doors = Object.entries(access) as Array<[string, Door]>;
	const folder = (route: string) => `src/routes${route === '/' ? '' : route}`;
	const isRoom = (route: string) =>
		globSync(`${folder(route).replace(/[[\]()]/g, '[$&]')}/+{page.svelte,page.server.ts,server.ts}`)
			.length > 0;

	test('everything in the office needs to be staff or to hold a permission', () => {
		const open = doors.filter(
			([route, door]) =>
				route.startsWith('/office') && ['anyone', 'signed_in', 'machine'].includes(door)
		);
		expect(open).toEqual([]);
	});

	test('an account is its owner’s', () => {
		const open = doors.filter(
			([route, door]) => /^\/\(\w+\)\/account/.test(route) && door !== 'signed_in'
		);
		expect(open.filter(([route]) => isRoom(route))).toEqual([]);
	});

	test('what is shut for everybody has nothing in it', () => {
		const rooms = doors.filter(([route, door]) => door === 'nobody' && isRoom(route));
		expect(rooms).toEqual([]);
	});

	test('every page that takes a deed runs through the guard, whatever its door', () => {
		expect(existsSync('src/hooks.server.ts')).toBe(true);
		expect(readFileSync('src/hooks.server.ts', 'utf8')).toMatch(
			/sequence\([^)]*\bidentify,[^)]*\bguard\s*\)/
		);
	});
});

test('docs/permissions.md shows the table as it is', () => {
	const rows = everyPermission.map((permission) => {
		const holders = roles
			.filter((role) => reachOf(role, permission))
			.map((role) => `${roleNames[role]} (${reachOf(role, permission)})`);
		return `| \`${permission}\` | ${holders.join(', ')} |`;
	});
	const shown = readFileSync('docs/permissions.md', 'utf8')
		.split('\n')
		.filter((line) => line.startsWith('| `'))
		.map((line) => line.replace(/ +\|/g, ' |'));
	expect(shown).toEqual(rows);
});
