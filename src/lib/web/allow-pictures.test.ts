import { expect, test } from 'vitest';
import { allowPictures } from './allow-pictures.ts';

const policy = "default-src 'self'; img-src 'self' data: blob:; connect-src 'self'";
const after = (origin?: string, said = policy) => {
	const headers = new Headers(said ? { 'content-security-policy': said } : {});
	allowPictures(headers, origin);
	return headers.get('content-security-policy');
};

test('pictures of one more origin, and nothing else of it', () => {
	expect(after('https://tiles.example.org')).toBe(
		"default-src 'self'; img-src https://tiles.example.org 'self' data: blob:; connect-src 'self'"
	);
});

test('without a tile server, or without a policy, all stays as it is', () => {
	expect(after()).toBe(policy);
	expect(after('https://tiles.example.org', '')).toBeNull();
});
