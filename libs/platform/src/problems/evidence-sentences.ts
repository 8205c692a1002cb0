/** Refusals of stored files. Sorted by status, then by code. */
export const evidenceSentences = {
  evidence_interrupted: {
    status: 400,
    en: 'The file did not come in whole: send it again.',
    zh: '文件未完整送达，请重新上传。',
  },
  evidence_attached: {
    status: 409,
    en: 'The file is attached to {to}: only the supervision office may withdraw it.',
    zh: '该文件已附于 {to}，仅督查办公室可撤下。',
  },
  evidence_barred: {
    status: 409,
    en: 'The office withdrew this file on {on} and takes it no more: {reason}',
    zh: '该文件已于 {on} 由督查办公室撤下，不再接收：{reason}',
  },
  evidence_of_other_plan: {
    status: 409,
    en: 'The file is also used in plans that are not yours.',
    zh: '该文件还用于您职责之外的方案。',
  },
  evidence_withdrawn: {
    status: 410,
    en: 'The file was withdrawn; its record and its hash stay.',
    zh: '该文件已撤下，记录与哈希值保留。',
  },
  evidence_too_large: {
    status: 413,
    en: 'A file may have at most {mostBytes} bytes.',
    zh: '文件最大 {mostBytes} 字节。',
  },
  evidence_type_differs: {
    status: 415,
    en: 'Name or type say {said}, the bytes are {found}.',
    zh: '文件名或类型为 {said}，实际内容为 {found}。',
  },
  evidence_type_refused: {
    status: 415,
    en: 'Files of this kind are not taken: {found}',
    zh: '不接收此类文件：{found}',
  },
  evidence_empty: { status: 422, en: 'The file is empty.', zh: '文件为空。' },
  evidence_file_needed: {
    status: 422,
    en: 'Send one file: as the body, or as the part `file` of a form.',
    zh: '须上传一个文件：作为请求体，或作为表单的 `file` 部分。',
  },
  evidence_name_needed: {
    status: 422,
    en: 'Say what the file is called: `?name=…`, or the file name of its part.',
    zh: '须说明文件名：`?name=…` 或表单中的文件名。',
  },
  evidence_too_many: {
    status: 422,
    en: 'At most {most} files can be named at once.',
    zh: '一次最多引用 {most} 个文件。',
  },
  evidence_unknown: {
    status: 422,
    en: 'There is no file of yours by this hash: hand it in first.',
    zh: '没有本单位上传的该文件，请先上传。',
  },
  evidence_damaged: {
    status: 500,
    en: 'The stored file is not what was handed in. Tell whoever runs this server.',
    zh: '所存文件与上传内容不符，请告知系统管理员。',
  },
  evidence_missing: {
    status: 500,
    en: 'The stored file is not there. Tell whoever runs this server.',
    zh: '所存文件缺失，请告知系统管理员。',
  },
  evidence_storage_unavailable: {
    status: 503,
    en: 'The store of files cannot be reached: try again shortly.',
    zh: '文件存储暂不可用，请稍后再试。',
  },
  evidence_storage_full: {
    status: 507,
    en: 'There is no room for more files. Everything else goes on.',
    zh: '文件存储空间不足；其他功能不受影响。',
  },
} as const;
