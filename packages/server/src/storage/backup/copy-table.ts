/**
 * COPY through node-postgres: what a COPY statement sends, as a stream, and a stream as what one receives.
 *
 * The library runs statements and knows the messages of COPY, but offers no streams; these are a handful of its
 * callbacks. A slow reader holds PostgreSQL back, a slow PostgreSQL the writer.
 */
import { once } from 'node:events';
import { Readable } from 'node:stream';
import type { Socket } from 'node:net';
import type { Client, Connection, Submittable } from 'pg';

/** Of node-postgres' connection, what its types leave out. */
interface CopyConnection {
  readonly stream: Socket;
  query(text: string): void;
  sendCopyFromChunk(chunk: Uint8Array): void;
  endCopyFrom(): void;
  sendCopyFail(message: string): void;
}

/** @param statement copy … to stdout */
export function copyOut(client: Client, statement: string): Readable {
  let connection: CopyConnection | null = null;
  const rows = new Readable({ read: () => void connection?.stream.resume() });
  const query = {
    submit: (active: Connection) => {
      connection = active as unknown as CopyConnection;
      connection.query(statement);
    },
    handleCopyData: ({ chunk }: { chunk: Buffer }) => {
      // A copy: node-postgres reads what comes next into the same memory.
      if (!rows.push(Buffer.from(chunk))) connection?.stream.pause();
    },
    handleCommandComplete: () => {},
    handleReadyForQuery: () => rows.push(null),
    handleError: (error: Error) => {
      connection?.stream.resume();
      rows.destroy(error);
    },
  };
  // A reader that gives up lets the rest run through, so that the connection can be used again.
  rows.once('close', () => connection?.stream.resume());
  client.query(query as unknown as Submittable);
  return rows;
}

/** @param statement copy … from stdin */
export function copyIn(client: Client, statement: string, rows: AsyncIterable<Uint8Array>): Promise<void> {
  return new Promise((done, fail) => {
    let failure: unknown = null;
    const pump = async (connection: CopyConnection) => {
      try {
        for await (const chunk of rows) {
          if (failure) return;
          connection.sendCopyFromChunk(chunk);
          if (connection.stream.writableNeedDrain) await once(connection.stream, 'drain');
        }
        connection.endCopyFrom();
      } catch (error) {
        failure ??= error;
        connection.sendCopyFail(error instanceof Error ? error.message : 'the source failed');
      }
    };
    const query = {
      submit: (connection: Connection) => (connection as unknown as CopyConnection).query(statement),
      handleCopyInResponse: (connection: CopyConnection) => void pump(connection),
      handleCommandComplete: () => {},
      handleReadyForQuery: () => done(),
      handleError: (error: Error) => {
        failure ??= error;
        fail(failure as Error);
      },
    };
    client.query(query as unknown as Submittable);
  });
}
