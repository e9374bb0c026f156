import { deeds, type DeedName } from '#lib/cases/rules.ts';
import { staffRemarks, type StaffRemark } from '#lib/cases/remarks.ts';
import { isId, newId } from '#lib/platform/ids.ts';

/** What the form at the bottom of a case says, read once. */
export interface DeedForm {
	what: string;
	words: string;
	audience: 'public' | 'reporter' | 'colleagues';
	code?: string;
	body?: string;
	departmentId: string | null;
	assigneeId: string | null;
	serviceId: string;
	wardCode: string;
	templateId?: string;
	deedId: string;
	basedOn?: number;
}

const codeFields: Record<string, string> = {
	hold: 'hold_code',
	decline: 'decline_code',
	escalated: 'level',
	priority_changed: 'priority'
};

/** An answer that only colleagues read is a note. */
const saidAs = (what: string, audience: string) =>
	what === 'reply' && audience === 'colleagues' ? 'note' : what;

/** Reads the form. Which list the code comes from depends on what was chosen. */
export function readDeed(form: FormData, chosen?: string): DeedForm {
	const text = (name: string) => {
		const value = form.get(name);
		return typeof value === 'string' ? value.trim() : '';
	};
	const id = (name: string) => (isId(text(name)) ? text(name) : null);
	const audience = text('audience');
	const what = chosen ?? saidAs(text('what'), audience);
	const version = Number(text('version'));
	return {
		what,
		words: text('words'),
		audience: audience === 'reporter' || audience === 'colleagues' ? audience : 'public',
		code: codeFields[what] ? text(codeFields[what]) || undefined : undefined,
		body: text('body') || undefined,
		departmentId: id('department'),
		assigneeId: id('assignee'),
		serviceId: id('service') ?? '',
		wardCode: text('ward'),
		templateId: id('template') ?? undefined,
		deedId: id('deed') ?? newId(),
		basedOn: Number.isInteger(version) && version > 0 ? version : undefined
	};
}

export const isDeed = (what: string): what is DeedName => Object.hasOwn(deeds, what);
export const isRemark = (what: string): what is StaffRemark => Object.hasOwn(staffRemarks, what);
