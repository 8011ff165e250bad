import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { type User, userOfToken } from '../../db/sessions.ts';
import { isOneOf, type Permission, rolesWith } from '../../domain/permissions.ts';
import type { Deps } from '../deps.ts';
import { ApiError } from '../errors.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What one must be allowed in order to call this route. */
    permission?: Permission;
  }
  interface FastifyRequest {
    signedIn: { user: User; token: string } | undefined;
  }
}

/** Everything in this scope needs a token and a permission: 401 and 403 come before a request is even read. */
export function authenticate(scope: FastifyInstance, { sql }: Deps): void {
  scope.decorateRequest('signedIn', undefined);
  scope.addHook('onRoute', declareAccess);
  scope.addHook('onRequest', async (request) => {
    const token = tokenOf(request);
    const user = token && (await userOfToken(sql, token));
    if (!user) throw new ApiError('UNAUTHENTICATED', 'Sign in first: POST /api/auth/login.');
    request.signedIn = { user, token };
    const { permission } = request.routeOptions.config;
    if (permission) demandRole(user, rolesWith(permission));
  });
}

/** Refuses whoever is not of one of these roles. */
export function demandRole(user: User, allowed: ReturnType<typeof rolesWith>): void {
  if (isOneOf(user.role, allowed)) return;
  throw new ApiError('FORBIDDEN', `This takes the role ${allowed.join(' or ')}, or admin.`, {
    role: user.role,
    roles: allowed,
  });
}

/** Who sent the request; only for routes in the authenticated scope. */
export function userOf(request: FastifyRequest): User {
  return sessionOf(request).user;
}

/** The session that the request came in; only for routes in the authenticated scope. */
export function sessionOf(request: FastifyRequest): { user: User; token: string } {
  if (!request.signedIn) throw new Error(`${request.routeOptions.url} is not authenticated`);
  return request.signedIn;
}

function tokenOf(request: FastifyRequest): string {
  return /^Bearer ([\w-]{1,200})$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
}

/** A route that names no permission does not start; the docs tell who may call each. */
function declareAccess(route: RouteOptions): void {
  const permission = route.config?.permission;
  if (!permission) throw new Error(`${route.url} declares no permission`);
  const callers = new Set([...rolesWith(permission), 'admin']);
  const said = route.schema?.description ?? '';
  const description = `${said} Roles: ${[...callers].join(', ')}.`.trimStart();
  route.schema = { ...route.schema, security: [{ bearer: [] }], description };
}
