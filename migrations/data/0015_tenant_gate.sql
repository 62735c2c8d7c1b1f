CREATE TABLE `tenant_change` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`tenant_id` text NOT NULL,
	`table_name` text NOT NULL,
	`row_key` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `tenant_change_seq` ON `tenant_change` (`tenant_id`,`seq`);--> statement-breakpoint
CREATE TABLE `tenant_gate` (
	`tenant_id` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`token` integer NOT NULL,
	`fills` text
);
