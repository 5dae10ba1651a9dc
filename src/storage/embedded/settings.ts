/**
 * How the server runs. Sized for one small machine; durable, since an acknowledged change must survive a power cut.
 * Its log never carries values: errors go to whoever asked, not to a file.
 */
export function settings(major: number, socketFolder: string, title: string, durable: boolean): string[] {
  const chosen: Record<string, string> = {
    listen_addresses: '',
    port: '5432',
    unix_socket_directories: quoted(socketFolder),
    unix_socket_permissions: '0700',
    cluster_name: title,

    shared_buffers: '32MB',
    max_connections: durable ? '40' : '100',
    work_mem: '4MB',
    maintenance_work_mem: '32MB',
    max_worker_processes: '2',
    max_parallel_workers_per_gather: '0',
    max_logical_replication_workers: '0',
    autovacuum_max_workers: '1',
    max_wal_senders: '2',
    max_wal_size: '256MB',
    huge_pages: 'off',
    // Files rather than /dev/shm: a log-out may clear that under an ordinary user (systemd's RemoveIPC).
    dynamic_shared_memory_type: 'mmap',
    jit: 'off',
    random_page_cost: '1.1',
    ...(major >= 18 ? { io_method: 'sync' } : {}),

    fsync: durable ? 'on' : 'off',
    synchronous_commit: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',

    timezone: 'UTC',
    log_timezone: 'UTC',
    logging_collector: 'off',
    log_destination: 'stderr',
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
  };
  return Object.entries(chosen).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** A list setting splits at commas; quotes keep a path whole. */
const quoted = (path: string): string => `"${path.replaceAll('"', '""')}"`;
