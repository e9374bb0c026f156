/**
 * Groups of services that a network brings, by the name the template gives them, and what the City of
 * Cape Town's service alerts call each (`service_area`). Like reports of these may be one outage.
 */
export const networkGroups: Record<string, string> = {
	Water: 'Water & Sanitation',
	'Toilets and sewage': 'Water & Sanitation',
	Electricity: 'Electricity',
	'Street lights': 'Electricity'
};

/** Other groups of the template, in the same words. */
const otherGroups: Record<string, string> = {
	'Roads and stormwater': 'Roads & Stormwater',
	Rubbish: 'Refuse',
	'Parks and trees': 'Parks',
	'Health and pollution': 'City Health',
	'Accounts and meters': 'Revenue',
	'Building and land': 'Development Management'
};

/** The `service_area` of a group; one that a municipality named itself is a general enquiry. */
export const serviceAreaOf = (group: string) =>
	networkGroups[group] ?? otherGroups[group] ?? 'General enquiries';
