import { isConnectionFailure, QueueFull, Rejection, VersionConflict } from '@duban/event-store';
import { STATUS_CODES } from 'node:http';
import { type ProblemCode, sentencesOf } from './catalogue.js';
import { constraintSentence } from './constraints.js';
import { type Language } from './language.js';
import { type FieldProblem, Problem, type ProblemParams } from './problem.js';

/** The body of an error answer: RFC 9457, `application/problem+json`. */
export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  /** Stable, for programs. */
  code: string;
  /** One sentence for people, in the language asked for. */
  detail: string;
  /** What a program needs to go on, for codes that say so. */
  params?: ProblemParams;
  /** Every faulty field at once. */
  errors?: { pointer: string; code: string; detail: string }[];
  /** Names this occurrence, where somebody must look into the log. */
  instance?: string;
}

const titles: Readonly<Record<number, string>> = {
  400: '请求有误',
  401: '未认证',
  403: '无权限',
  404: '未找到',
  405: '方法不允许',
  406: '格式不支持',
  409: '状态冲突',
  410: '已撤下',
  412: '前提不符',
  413: '内容过大',
  414: '地址过长',
  415: '类型不支持',
  422: '内容有误',
  429: '请求过多',
  500: '内部错误',
  503: '暂不可用',
  507: '空间不足',
};

const codeOfStatus: Readonly<Record<number, ProblemCode>> = {
  400: 'malformed_request',
  401: 'unauthenticated',
  403: 'forbidden_role',
  404: 'not_found',
  405: 'method_not_allowed',
  406: 'not_acceptable',
  409: 'refused',
  412: 'precondition_failed',
  413: 'payload_too_large',
  414: 'uri_too_long',
  415: 'unsupported_media_type',
  422: 'validation_failed',
  429: 'rate_limited',
  503: 'unavailable',
};

/**
 * What is told to the caller about any error: a rule's refusal, a lost race, a fault of the request as Nest or
 * Fastify reports it, a database out of reach; and of a defect nothing but that there was one.
 *
 * @param reference id under which a defect is logged; given back as `instance`
 */
export function problemOf(error: unknown, language: Language, reference?: string): ProblemBody {
  const { code, params, errors } = refusalIn(error);
  const known = sentencesOf(code);
  const { status, tells = [], [language]: sentence } = known ?? sentencesOf('refused')!;
  return {
    type: `urn:duban:problem:${code}`,
    title: (language === 'zh' ? titles[status] : STATUS_CODES[status]) ?? String(status),
    status,
    code,
    detail: fill(sentence, known ? params : { code }),
    ...told(params, tells),
    ...(errors?.length ? { errors: errors.map(each => fieldBody(each, language)) } : {}),
    ...(status === 500 && reference ? { instance: `urn:uuid:${reference}` } : {}),
  };
}

function told(params: ProblemParams, tells: readonly string[]): Pick<ProblemBody, 'params'> {
  const found = Object.entries(params).filter(([name]) => tells.includes(name));
  return found.length > 0 ? { params: Object.fromEntries(found) } : {};
}

/** Whether an error is ours to mend: to be logged, with a reference for the caller. */
export function isDefect(error: unknown): boolean {
  return refusalIn(error).code === 'internal';
}

interface Refusal {
  code: string;
  params: ProblemParams;
  errors?: readonly FieldProblem[] | undefined;
}

function refusalIn(error: unknown): Refusal {
  if (error instanceof Problem || error instanceof Rejection) return error;
  if (error instanceof VersionConflict) {
    // A lost race. To a caller that sent If-Match the edge answers `precondition_failed` (412) instead.
    return { code: 'version_conflict', params: { stream: error.stream } };
  }
  if (error instanceof QueueFull) return { code: 'queue_full', params: {} };
  if (isConnectionFailure(error)) return { code: 'unavailable', params: {} };
  return { code: codeOfRequestFault(error), params: {} };
}

// Nest's exceptions have getStatus(), Fastify's errors statusCode; a parser's SyntaxError comes with 400.
function codeOfRequestFault(error: unknown): ProblemCode {
  const fault = (error ?? {}) as {
    getStatus?: () => number;
    statusCode?: number;
    code?: unknown;
    cause?: unknown;
  };
  const status = typeof fault.getStatus === 'function' ? fault.getStatus() : fault.statusCode;
  if (status === 400 && [error, fault.cause].some(each => each instanceof SyntaxError))
    return 'malformed_json';
  if (fault.code === 'FST_ERR_CTP_EMPTY_JSON_BODY' || fault.code === 'FST_ERR_CTP_INVALID_JSON_BODY')
    return 'malformed_json';
  return (
    codeOfStatus[status ?? 500] ??
    (status && status >= 400 && status < 500 ? 'malformed_request' : 'internal')
  );
}

function fieldBody({ pointer, code, params = {} }: FieldProblem, language: Language) {
  const sentence = (sentencesOf(code) ?? constraintSentence(code))[language];
  return { pointer, code, detail: fill(sentence, { code, ...params }) };
}

// A place that nothing fills is left out rather than shown in braces.
function fill(sentence: string, params: ProblemParams): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    return Array.isArray(value) ? value.join(', ') : String(value ?? '');
  });
}
