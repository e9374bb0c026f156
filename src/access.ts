import type { RouteId } from '$app/types';
import type { Permission } from '#lib/identity/permissions.ts';

/**
 * anyone: no account needed. signed_in: any account. staff: any grant. machine: answers for itself,
 * by token, loopback or its own check. nobody: nothing here yet; shut until someone decides.
 */
export type Door = Permission | 'anyone' | 'signed_in' | 'staff' | 'machine' | 'nobody';

/** Who may open each route. A route missing from this table does not compile. */
// prettier-ignore
export const access: Record<RouteId, Door> = {
	'/':                               'nobody',
	'/(public)':                       'anyone',
	'/(public)/sign-in':               'anyone',
	'/(public)/sign-in/code':          'anyone',
	'/(public)/account':               'signed_in',
	'/(public)/account/contact':       'signed_in',
	'/(public)/account/second-factor': 'signed_in',
	'/(public)/sign-in/invitation':    'nobody',
	'/(public)/sign-in/invitation/[token]': 'anyone',
	'/(public)/sign-in/password':      'nobody',
	'/(public)/sign-in/password/[token]': 'anyone',
	'/(public)/sign-in/staff':         'anyone',
	'/(public)/sign-in/staff/code':    'anyone',
	'/(public)/sign-in/staff/forgotten': 'anyone',
	'/(public)/sign-in/who':           'anyone',
	'/(public)/commitments':           'anyone',
	'/(public)/commitments/[number]':  'anyone',
	'/(public)/issues':               'anyone',
	'/(public)/issues.csv':           'anyone',
	'/(public)/issues/[reference]':   'anyone',
	'/(public)/issues/[reference]/fixed': 'anyone',
	'/(public)/issues/[reference]/reopen': 'anyone',
	'/(public)/issues/[reference]/withdraw': 'anyone',
	'/(public)/mine':                 'anyone',
	'/(public)/suggestions':          'anyone',
	'/demo':                           'anyone',
	'/demo/outbox':                    'anyone',
	'/demo/outbox.json':               'anyone',
	'/demo/sign-in':                   'anyone',
	'/healthz':                        'machine',
	'/messages':                       'nobody',
	'/messages/[token]':               'anyone',
	'/messages/[token]/stop':          'anyone',
	'/metrics':                        'machine',
	'/office':                         'staff',
	'/office/commitments':             'commitment.make',
	'/office/commitments/[number]':    'commitment.make',
	'/office/commitments/[number]/[deed]': 'commitment.make',
	'/office/commitments/new':         'commitment.make',
	'/readyz':                         'machine',
	'/sign-out':                       'signed_in'
};
