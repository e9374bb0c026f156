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
	'/(public)/sign-in/who':           'anyone',
	'/(public)/account':               'signed_in',
	'/(public)/account/messages':      'signed_in',
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
	'/(public)/contacts':              'anyone',
	'/(public)/wards':                 'anyone',
	'/(public)/wards/[ward]':          'anyone',
	'/api':                            'nobody',
	'/api/map':                        'nobody',
	'/api/map/[municipality].json':    'anyone',
	'/api/push':                       'anyone',
	'/demo':                           'anyone',
	'/demo/outbox':                    'anyone',
	'/demo/outbox.json':               'anyone',
	'/demo/sign-in':                   'anyone',
	'/healthz':                        'machine',
	'/messages':                       'nobody',
	'/messages/[token]':               'anyone',
	'/messages/[token]/stop':          'anyone',
	'/metrics':                        'machine',
	'/offline':                         'anyone',
	'/office':                         'staff',
	'/office/commitments':             'commitment.make',
	'/office/commitments/[number]':    'commitment.make',
	'/office/commitments/[number]/[deed]': 'commitment.make',
	'/office/commitments/new':         'commitment.make',
	'/office/setup':                   'staff',
	'/office/setup/departments':       'municipality.manage',
	'/office/setup/departments/list.csv': 'municipality.manage',
	'/office/setup/departments/new':   'municipality.manage',
	'/office/setup/departments/[department]': 'municipality.manage',
	'/office/setup/departments/[department]/closing': 'municipality.manage',
	'/office/setup/routing':           'service.manage',
	'/office/setup/services':          'service.manage',
	'/office/setup/services/list.csv': 'service.manage',
	'/office/setup/services/new':      'service.manage',
	'/office/setup/services/[service]': 'service.manage',
	'/office/setup/services/[service]/questions': 'nobody',
	'/office/setup/services/[service]/questions/new': 'service.manage',
	'/office/setup/services/[service]/questions/[question]': 'service.manage',
	'/readyz':                         'machine',
	'/sign-out':                       'signed_in'
};
