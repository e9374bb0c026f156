import { expect } from '@playwright/test';
import { newest, test } from './demo.ts';

test('a role that warns everybody: Chris asks, cannot agree himself, and Palesa of the district does', async ({
	visit
}, { retry }) => {
	const name = `Zodwa Fourie ${retry + 1}`;
	const email = `zodwa.fourie.${retry + 1}@khanyisa.example`;
	const chris = await visit('admin');
	await chris.goto('/office/people/invitation');
	await chris.getByLabel('Name', { exact: true }).fill(name);
	await chris.getByLabel('Work e-mail').fill(email);
	await chris.getByLabel('Role', { exact: true }).selectOption('disaster_approver');
	await chris.getByRole('button', { name: 'Send the invitation' }).click();

	const asked = (page: typeof chris) => page.locator('form.ask', { hasText: name });
	await chris.goto('/office/people');
	await expect(asked(chris)).toContainText('Another administrator has to agree within the hour');
	await expect(asked(chris).getByRole('button', { name: 'I agree' })).toHaveCount(0);

	// A form made by hand is refused with the reason.
	const request = await asked(chris).locator('input[name=request]').inputValue();
	const own = await chris.request.post('/office/people?/decide', {
		form: { request, answer: 'yes' },
		headers: { origin: new URL(chris.url()).origin, accept: 'text/html' }
	});
	expect(own.status()).toBe(409);
	expect(await own.text()).toContain('another administrator has to agree');

	const palesa = await visit('district-admin');
	await palesa.goto('/office/people?m=KHA');
	await expect(asked(palesa)).toContainText('Chris Majola asked for it');
	await asked(palesa).getByRole('button', { name: 'I agree' }).click();
	await expect(asked(palesa)).toHaveCount(0);
	await expect(palesa.getByRole('main')).toContainText(name);
	const invitation = await newest(palesa.request, email);
	expect(invitation.text).toContain('/sign-in/invitation/');

	await chris.goto('/office/audit');
	await expect(chris.getByRole('table')).toContainText('Palesa Venter');
});

test('the second says no, or the first takes it back: nothing changes', async ({ visit }) => {
	const chris = await visit('admin');
	const palesa = await visit('district-admin');
	await chris.goto('/office/people?q=Pumla');
	await chris.getByRole('link', { name: 'Pumla Jantjies' }).click();
	const person = chris.url();
	const ask = async () => {
		await chris.goto(person);
		await chris.getByText('Give another role').click();
		await chris.getByLabel('Role', { exact: true }).selectOption('incident_commander');
		await chris.getByRole('button', { name: /give/i }).click();
	};
	const asked = (page: typeof chris) => page.locator('form.ask', { hasText: 'Pumla Jantjies' });

	await ask();
	await palesa.goto('/office/people?m=KHA');
	await asked(palesa).first().getByRole('button', { name: 'No', exact: true }).click();
	await expect(asked(palesa)).toHaveCount(0);

	await ask();
	await chris.goto('/office/people');
	await asked(chris).first().getByRole('button', { name: 'Take it back' }).click();
	await expect(asked(chris)).toHaveCount(0);
	await chris.goto(person);
	await expect(chris.locator('strong', { hasText: 'Incident commander' })).toHaveCount(0);
});
