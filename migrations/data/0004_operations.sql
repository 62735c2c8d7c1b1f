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
CREATE TABLE `message` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`thread_id` text NOT NULL,
	`direction` text NOT NULL,
	`purpose` text NOT NULL,
	`from_number` text NOT NULL,
	`to_number` text NOT NULL,
	`body` text,
	`encoding` text NOT NULL,
	`segments` integer NOT NULL,
	`state` text NOT NULL,
	`twilio_sid` text,
	`error_code` text,
	`call_id` text,
	`campaign_id` text,
	`lease_until` integer,
	`posting_at` integer,
	`created_at` integer NOT NULL,
	`sent_at` integer,
	`ended_at` integer,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `message_thread` ON `message` (`tenant_id`,`thread_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `message_lease` ON `message` (`lease_until`) WHERE lease_until IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `message_inbound` ON `message` (`tenant_id`,`twilio_sid`) WHERE direction = 'inbound';--> statement-breakpoint
CREATE TABLE `thread` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`own_number` text NOT NULL,
	`peer` text NOT NULL,
	`contact_id` text,
	`campaign_id` text,
	`script_id` text,
	`script_version` integer,
	`conversation` text,
	`flow_state` text,
	`waits_until` integer,
	`outcome` text,
	`step` integer NOT NULL,
	`lock_until` integer,
	`last_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `thread_numbers` ON `thread` (`tenant_id`,`own_number`,`peer`);--> statement-breakpoint
CREATE INDEX `thread_waits` ON `thread` (`waits_until`) WHERE waits_until IS NOT NULL;--> statement-breakpoint
CREATE INDEX `thread_last` ON `thread` (`tenant_id`,`last_at`);--> statement-breakpoint
CREATE TABLE `recording` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`call_id` text NOT NULL,
	`twilio_sid` text NOT NULL,
	`source` text NOT NULL,
	`state` text NOT NULL,
	`object_key` text,
	`bytes` integer,
	`duration_seconds` integer,
	`channels` integer,
	`error_code` text,
	`created_at` integer NOT NULL,
	`stored_at` integer,
	`expires_at` integer,
	`lease_until` integer,
	`cleared_at` integer,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `recording_lease` ON `recording` (`lease_until`) WHERE lease_until IS NOT NULL;--> statement-breakpoint
CREATE INDEX `recording_call` ON `recording` (`tenant_id`,`call_id`);--> statement-breakpoint
ALTER TABLE `contact` ADD `consent_kind` text;--> statement-breakpoint
ALTER TABLE `contact` ADD `consent_source` text;--> statement-breakpoint
ALTER TABLE `contact` ADD `consent_at` integer;--> statement-breakpoint
ALTER TABLE `contact` ADD `import_id` text;--> statement-breakpoint
CREATE INDEX `contact_number` ON `contact` (`tenant_id`,`e164`);--> statement-breakpoint
ALTER TABLE `suppression` ADD `source` text;--> statement-breakpoint
ALTER TABLE `campaign` ADD `scheduled_at` integer;--> statement-breakpoint
ALTER TABLE `campaign` ADD `machine_detection` text DEFAULT 'off' NOT NULL;--> statement-breakpoint
CREATE INDEX `campaign_scheduled` ON `campaign` (`scheduled_at`) WHERE state = 'scheduled';--> statement-breakpoint
ALTER TABLE `call` ADD `answered_by` text;--> statement-breakpoint
CREATE INDEX `call_open_inbound` ON `call` (`created_at`) WHERE direction = 'inbound' AND ended_at IS NULL;--> statement-breakpoint
CREATE INDEX `enrolment_contact` ON `enrolment` (`tenant_id`,`contact_id`);