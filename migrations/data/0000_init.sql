CREATE TABLE `contact` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`external_id` text NOT NULL,
	`e164` text NOT NULL,
	`time_zone` text,
	`fields` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `contact_external_id` ON `contact` (`tenant_id`,`external_id`);--> statement-breakpoint
CREATE TABLE `suppression` (
	`tenant_id` text NOT NULL,
	`e164` text NOT NULL,
	`reason` text NOT NULL,
	`call_id` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `e164`)
);
--> statement-breakpoint
CREATE TABLE `clip` (
	`tenant_id` text NOT NULL,
	`key` text NOT NULL,
	`kind` text NOT NULL,
	`bytes` integer NOT NULL,
	`characters` integer NOT NULL,
	`made_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `key`)
);
--> statement-breakpoint
CREATE TABLE `script` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`content` text NOT NULL,
	`published_version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `script_version` (
	`tenant_id` text NOT NULL,
	`script_id` text NOT NULL,
	`version` integer NOT NULL,
	`hash` text NOT NULL,
	`content` text NOT NULL,
	`flow_json` text NOT NULL,
	`published_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `script_id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `attempt` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`campaign_id` text NOT NULL,
	`contact_id` text NOT NULL,
	`e164` text NOT NULL,
	`ordinal` integer NOT NULL,
	`state` text NOT NULL,
	`lease_until` integer NOT NULL,
	`dialing_at` integer,
	`twilio_sid` text,
	`result` text,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `attempt_active_number` ON `attempt` (`tenant_id`,`e164`) WHERE state != 'ended';--> statement-breakpoint
CREATE INDEX `attempt_lease` ON `attempt` (`lease_until`) WHERE state != 'ended';--> statement-breakpoint
CREATE TABLE `campaign` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`state` text NOT NULL,
	`paused_reason` text,
	`script_id` text NOT NULL,
	`script_version` integer NOT NULL,
	`from_number` text NOT NULL,
	`time_zone` text NOT NULL,
	`opens_minute` integer NOT NULL,
	`closes_minute` integer NOT NULL,
	`retry_seconds` text NOT NULL,
	`variables` text NOT NULL,
	`primed_up_to` text,
	`is_primed` integer NOT NULL,
	`prime_lease_until` integer,
	`prime_error` text,
	`created_at` integer NOT NULL,
	`launched_at` integer,
	`finished_at` integer,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `campaign_running` ON `campaign` (`state`) WHERE state = 'running';--> statement-breakpoint
CREATE INDEX `campaign_priming` ON `campaign` (`prime_lease_until`) WHERE prime_lease_until IS NOT NULL;--> statement-breakpoint
CREATE TABLE `enrolment` (
	`tenant_id` text NOT NULL,
	`campaign_id` text NOT NULL,
	`contact_id` text NOT NULL,
	`e164` text NOT NULL,
	`state` text NOT NULL,
	`due_at` integer,
	`attempts` integer NOT NULL,
	`reason` text,
	PRIMARY KEY(`tenant_id`, `campaign_id`, `contact_id`)
);
--> statement-breakpoint
CREATE INDEX `enrolment_due` ON `enrolment` (`tenant_id`,`campaign_id`,`due_at`) WHERE state = 'due';--> statement-breakpoint
CREATE TABLE `call` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`direction` text NOT NULL,
	`campaign_id` text,
	`contact_id` text,
	`script_id` text NOT NULL,
	`script_version` integer NOT NULL,
	`from_number` text NOT NULL,
	`to_number` text NOT NULL,
	`twilio_sid` text,
	`status` text NOT NULL,
	`outcome` text,
	`recording_url` text,
	`error_code` text,
	`answered_at` integer,
	`ended_at` integer,
	`duration_seconds` integer,
	`turns` integer NOT NULL,
	`applied_up_to` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `call_campaign` ON `call` (`tenant_id`,`campaign_id`,`id`);--> statement-breakpoint
CREATE TABLE `snapshot` (
	`tenant_id` text NOT NULL,
	`call_id` text NOT NULL,
	`variables` text NOT NULL,
	`taken_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `call_id`)
);
--> statement-breakpoint
CREATE TABLE `utterance` (
	`tenant_id` text NOT NULL,
	`call_id` text NOT NULL,
	`turn` integer NOT NULL,
	`step` integer NOT NULL,
	`node` text NOT NULL,
	`input` text NOT NULL,
	`text` text NOT NULL,
	`confidence` real,
	`at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `call_id`, `turn`, `step`)
);
