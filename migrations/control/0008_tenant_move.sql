CREATE TABLE `tenant_move` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`from_shard` integer NOT NULL,
	`to_shard` integer NOT NULL,
	`state` text NOT NULL,
	`cursor` text,
	`rows_copied` integer DEFAULT 0 NOT NULL,
	`error` text,
	`lease_until` integer NOT NULL,
	`token` integer NOT NULL,
	`created_at` integer NOT NULL,
	`cut_at` integer,
	`finished_at` integer,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tenant_move_active` ON `tenant_move` (`tenant_id`) WHERE finished_at IS NULL;