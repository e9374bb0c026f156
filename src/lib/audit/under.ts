import type { Permission } from '../identity/permissions.ts';

/**
 * Under which permission a deed of the whole municipality is done. Deeds of a ward, department or case
 * say themselves in whose place they were done.
 */
const permissionsOf: Array<[RegExp, Permission]> = [
	[/^(grant|invitation|factor)\.|^password\.link_sent$|^person\.sessions_ended$/, 'people.manage'],
	[/^(service|question|routing|services)\./, 'service.manage'],
	[/^(department|municipality)\./, 'municipality.manage'],
	[/^retention\.changed$/, 'retention.manage'],
	[/^(privacy\.answered|person\.erased)$/, 'privacy.handle'],
	[
		/^(issue\.moderated|issue\.objection_answered|flags\.dismissed|case\.(release|publish)$|contact\.ban)/,
		'issue.moderate'
	],
	[/^template\./, 'template.manage'],
	[/^news\.(?!followed)/, 'news.publish'],
	[/^sms\.(price|budget)/, 'budget.manage'],
	[/^leave\./, 'delegation.manage']
];

export const under = (deed: string): Permission | undefined =>
	permissionsOf.find(([deeds]) => deeds.test(deed))?.[1];
