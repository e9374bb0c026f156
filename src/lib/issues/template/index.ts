import { homeServices } from './home.ts';
import { networkServices } from './network.ts';
import { otherWords } from './other-words.ts';
import type { ServiceTemplate } from './shape.ts';
import { streetServices } from './street.ts';

export { serviceGroups } from './groups.ts';
export type { QuestionTemplate, ServiceTemplate } from './shape.ts';

/** Departments most South African municipalities have, whatever they call them. */
// prettier-ignore
export const departmentTemplate = [
	{ code: 'water', name: 'Water and Sanitation' },
	{ code: 'electricity', name: 'Electricity' },
	{ code: 'roads', name: 'Roads and Stormwater' },
	{ code: 'waste', name: 'Waste Removal' },
	{ code: 'parks', name: 'Parks and Cemeteries' },
	{ code: 'safety', name: 'Public Safety' },
	{ code: 'health', name: 'Environmental Health' },
	{ code: 'housing', name: 'Human Settlements' },
	{ code: 'finance', name: 'Finance and Accounts' },
	{ code: 'planning', name: 'Planning and Building Control' },
	{ code: 'facilities', name: 'Community Facilities' },
	{ code: 'integrity', name: 'Office of the Municipal Manager' },
	{ code: 'care', name: 'Customer Care' }
] as const;

export type TemplateDepartment = (typeof departmentTemplate)[number]['code'];

/** Everything a resident can report, in the order of the page; a municipality changes its own copy. */
export const serviceTemplate: ServiceTemplate[] = [
	...networkServices,
	...streetServices,
	...homeServices
].map((service) => ({
	...service,
	keywords: [...new Set([...(service.keywords ?? []), ...(otherWords[service.code] ?? [])])]
}));
