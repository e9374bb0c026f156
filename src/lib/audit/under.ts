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
	[/^outage\.(?!joined)/, 'outage.publish'],
	[/^sms\.(price|budget)/, 'budget.manage'],
	[/^alert\.(approved|returned|rejected|retried)$/, 'alert.approve'],
	[/^alert\.(composed|changed|submitted|taken_back|zone_checked)$/, 'alert.compose'],
	[/^alert\.(retracted|stop_asked|cancel_released)$/, 'alert.retract'],
	[/^alert\.glass_broken$/, 'alert.break_glass'],
	[/^alert_template\.written$|^alert_translator\./, 'alert.templates'],
	[/^alert_template\.(approved|withdrawn)$/, 'alert.translate'],
	[/^alert\.(help_|knocked|door_)|^hand\.opened$/, 'help.answer'],
	[/^(shelter|route)\.kept$/, 'alert.places'],
	[/^alert_roster\./, 'alert.roster'],
	[/^(rumour\.(answered|hidden)|alert_unknown\.)/, 'rumour.answer'],
	[/^leave\./, 'delegation.manage']
];

export const under = (deed: string): Permission | undefined =>
	permissionsOf.find(([deeds]) => deeds.test(deed))?.[1];
