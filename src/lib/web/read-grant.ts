import { isRole, type NewGrant } from '#lib/identity/permissions.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { isoDay } from '#lib/platform/time.ts';

const text = (form: FormData, name: string) => String(form.get(name) ?? '').trim();

/** Midnight at the start of a day written `2026-11-24`, on the clock of South Africa. */
export function startOfDay(typed: string, field: string): Date | null {
	if (!typed) return null;
	const at = new Date(`${typed}T00:00:00+02:00`);
	if (!/^\d{4}-\d{2}-\d{2}$/.test(typed) || Number.isNaN(at.getTime()) || isoDay(at) !== typed)
		throw new Refusal(400, 'Give a day, such as 2026-11-24.', field);
	return at;
}

/** The first moment after a day: whoever ends on it still works that day. */
export function endOfDay(typed: string, field: string): Date | null {
	const start = startOfDay(typed, field);
	return start && new Date(start.getTime() + 86_400_000);
}

/** A grant out of the form of `GrantFields`. @throws Refusal 400 naming the field */
export function readGrant(form: FormData): NewGrant {
	const role = text(form, 'role');
	if (!isRole(role)) throw new Refusal(400, 'Choose a role.', 'role');
	const term = text(form, 'term');
	return {
		role,
		wardCode: text(form, 'ward') || null,
		departmentId: text(form, 'department') || null,
		term: role === 'councillor' && isTerm(term) ? term : null,
		startsAt: startOfDay(text(form, 'from'), 'from')?.toISOString(),
		endsAt: endOfDay(text(form, 'until'), 'until')?.toISOString() ?? null
	};
}

const isTerm = (text: string): text is 'ward' | 'pr' | 'acting' =>
	text === 'ward' || text === 'pr' || text === 'acting';
