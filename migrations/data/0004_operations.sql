CREATE TABLE `contact_list` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `contact_list_member` (
	`tenant_id` text NOT NULL,
	`list_id` text NOT NULL,
	`contact_id` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `list_id`, `contact_id`)
);
--> statement-breakpoint
CREATE TABLE `contact_import` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`bytes` integer NOT NULL,
	`format` text,
	`mapping` text,
	`cursor` integer NOT NULL,
	`line` integer NOT NULL,
	`added` integer NOT NULL,
	`changed` integer NOT NULL,
	`duplicates` integer NOT NULL,
	`rejected` integer NOT NULL,
	`lease_until` integer,
	`error` text,
	`created_at` integer NOT NULL,
	`finished_at` integer,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `contact_import_lease` ON `contact_import` (`lease_until`) WHERE lease_until IS NOT NULL;--> statement-breakpoint
CREATE TABLE `import_rejection` (
	`tenant_id` text NOT NULL,
	`import_id` text NOT NULL,
	`line` integer NOT NULL,
	`code` text NOT NULL,
	`message` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `import_id`, `line`)
);
--> statement-breakpoint
ALTER TABLE `contact` ADD `consent_kind` text;--> statement-breakpoint
ALTER TABLE `contact` ADD `consent_source` text;--> statement-breakpoint
ALTER TABLE `contact` ADD `consent_at` integer;--> statement-breakpoint
ALTER TABLE `contact` ADD `import_id` text;--> statement-breakpoint
CREATE INDEX `contact_number` ON `contact` (`tenant_id`,`e164`);--> statement-breakpoint
ALTER TABLE `suppression` ADD `source` text;--> statement-breakpoint
ALTER TABLE `campaign` ADD `scheduled_at` integer;--> statement-breakpoint
CREATE INDEX `campaign_scheduled` ON `campaign` (`scheduled_at`) WHERE state = 'scheduled';--> statement-breakpoint
ALTER TABLE `call` ADD `answered_by` text;--> statement-breakpoint
CREATE INDEX `enrolment_contact` ON `enrolment` (`tenant_id`,`contact_id`);