/** What an element holds: free text, something with a shape, one of a list, or elements of its own. */
export type Holds = 'text' | RegExp | readonly string[] | Grammar;

/** An element, in its place: `xs:sequence` of the OASIS schema lets none stand anywhere else. */
export interface Place {
	name: string;
	holds: Holds;
	must?: true;
	many?: true;
}
export type Grammar = readonly Place[];

/** `2026-11-24T14:02:00+02:00`: no fractions, no `Z` (CAP 1.2, 3.3.2). */
export const capTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d$/;
const language = /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/;
const whole = /^[-+]?\d+$/;
const decimal = /^[-+]?(\d+(\.\d*)?|\.\d+)$/;

export const statuses = ['Actual', 'Exercise', 'System', 'Test', 'Draft'] as const;
export const messageTypes = ['Alert', 'Update', 'Cancel', 'Ack', 'Error'] as const;
export const scopes = ['Public', 'Restricted', 'Private'] as const;

// prettier-ignore
const named: Grammar = [
	{ name: 'valueName', holds: 'text', must: true },
	{ name: 'value', holds: 'text', must: true }
];

// prettier-ignore
const resource: Grammar = [
	{ name: 'resourceDesc', holds: 'text', must: true },
	{ name: 'mimeType', holds: 'text', must: true },
	{ name: 'size', holds: whole },
	{ name: 'uri', holds: 'text' },
	{ name: 'derefUri', holds: 'text' },
	{ name: 'digest', holds: 'text' }
];

// prettier-ignore
const area: Grammar = [
	{ name: 'areaDesc', holds: 'text', must: true },
	{ name: 'polygon', holds: 'text', many: true },
	{ name: 'circle', holds: 'text', many: true },
	{ name: 'geocode', holds: named, many: true },
	{ name: 'altitude', holds: decimal },
	{ name: 'ceiling', holds: decimal }
];

// prettier-ignore
const info: Grammar = [
	{ name: 'language', holds: language },
	{ name: 'category', holds: ['Geo', 'Met', 'Safety', 'Security', 'Rescue', 'Fire', 'Health', 'Env', 'Transport', 'Infra', 'CBRNE', 'Other'], must: true, many: true },
	{ name: 'event', holds: 'text', must: true },
	{ name: 'responseType', holds: ['Shelter', 'Evacuate', 'Prepare', 'Execute', 'Avoid', 'Monitor', 'Assess', 'AllClear', 'None'], many: true },
	{ name: 'urgency', holds: ['Immediate', 'Expected', 'Future', 'Past', 'Unknown'], must: true },
	{ name: 'severity', holds: ['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown'], must: true },
	{ name: 'certainty', holds: ['Observed', 'Likely', 'Possible', 'Unlikely', 'Unknown'], must: true },
	{ name: 'audience', holds: 'text' },
	{ name: 'eventCode', holds: named, many: true },
	{ name: 'effective', holds: capTime },
	{ name: 'onset', holds: capTime },
	{ name: 'expires', holds: capTime },
	{ name: 'senderName', holds: 'text' },
	{ name: 'headline', holds: 'text' },
	{ name: 'description', holds: 'text' },
	{ name: 'instruction', holds: 'text' },
	{ name: 'web', holds: 'text' },
	{ name: 'contact', holds: 'text' },
	{ name: 'parameter', holds: named, many: true },
	{ name: 'resource', holds: resource, many: true },
	{ name: 'area', holds: area, many: true }
];

/** CAP 1.2 as its schema has it: which element where, how often, with what in it. Reading and writing both follow it. */
// prettier-ignore
export const grammar: Grammar = [
	{ name: 'identifier', holds: 'text', must: true },
	{ name: 'sender', holds: 'text', must: true },
	{ name: 'sent', holds: capTime, must: true },
	{ name: 'status', holds: statuses, must: true },
	{ name: 'msgType', holds: messageTypes, must: true },
	{ name: 'source', holds: 'text' },
	{ name: 'scope', holds: scopes, must: true },
	{ name: 'restriction', holds: 'text' },
	{ name: 'addresses', holds: 'text' },
	{ name: 'code', holds: 'text', many: true },
	{ name: 'note', holds: 'text' },
	{ name: 'references', holds: 'text' },
	{ name: 'incidents', holds: 'text' },
	{ name: 'info', holds: info, many: true }
];

export const isGrammar = (holds: Holds): holds is Grammar =>
	Array.isArray(holds) && typeof holds[0] === 'object';
