import { kerb, looksWell, report, signIn, test } from './demo.ts';

for (const [colorScheme, width] of [
	['light', 360],
	['dark', 1280]
] as const)
	test(`the rooms of the office have no fault for axe, ${colorScheme} at ${width}`, async ({
		page,
		visit
	}) => {
		// Eleven pages are looked at.
		test.setTimeout(180_000);
		await page.emulateMedia({ colorScheme });
		await page.setViewportSize({ width, height: 800 });
		const picture = { name: 'kerb.jpg', mimeType: 'image/jpeg', buffer: await kerb() };
		const reference = await report(await visit('resident'), {
			service: 'burst-pipe',
			description: 'Water runs down the street.',
			photo: picture
		});

		await signIn(page, 'supervisor');
		await looksWell(page, ['/office', '/office/cases', `/office/cases/${reference}`]);

		await signIn(page, 'communications');
		await looksWell(page, ['/office/moderation', `/office/moderation/${reference}`]);
		const cover = page.getByRole('link', { name: 'Cover parts of it' });
		const grid = await cover.getAttribute('href');
		await looksWell(page, [grid!]);

		await signIn(page, 'admin');
		await looksWell(page, [
			'/office/privacy',
			'/office/people',
			'/office/people/invitation',
			'/office/setup/templates',
			'/office/leave'
		]);
	});
