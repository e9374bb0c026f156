/** What a resident would call the kind of thing, in the order of the page, with its picture. */
// prettier-ignore
export const serviceGroups = [
	{ name: 'Water', icon: 'drop' },
	{ name: 'Toilets and sewage', icon: 'flag' },
	{ name: 'Electricity', icon: 'bolt' },
	{ name: 'Street lights', icon: 'bulb' },
	{ name: 'Roads and stormwater', icon: 'road' },
	{ name: 'Rubbish', icon: 'bin' },
	{ name: 'Parks and trees', icon: 'tree' },
	{ name: 'Public safety', icon: 'shield' },
	{ name: 'Animals', icon: 'eye' },
	{ name: 'Health and pollution', icon: 'fire' },
	{ name: 'Housing', icon: 'home' },
	{ name: 'Accounts and meters', icon: 'paper' },
	{ name: 'Building and land', icon: 'box' },
	{ name: 'Public places', icon: 'people' },
	{ name: 'How we were treated', icon: 'msg' },
	{ name: 'Something else', icon: 'more' }
] as const;

export type ServiceGroup = (typeof serviceGroups)[number]['name'];
