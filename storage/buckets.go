package storage

// Buckets names the bucket of every table, in no particular order.
func Buckets() []string {
	return []string{
		Communes.Bucket, Branches.Bucket, People.Bucket, Posts.Bucket, Phones.Bucket,
		Contacts.Bucket, Groups.Bucket, Invites.Bucket, Consents.Bucket, Talks.Bucket, Erasures.Bucket,
		Periods.Bucket, Drafts.Bucket, CheckIns.Bucket, Standings.Bucket, Figures.Bucket, Told.Bucket, Pairs.Bucket, Requests.Bucket, Notices.Bucket, Desks.Bucket, Queries.Bucket, Acceptances.Bucket,
		Outbox.Bucket, Parked.Bucket, Sent.Bucket, Plans.Bucket, Promise.Bucket, Seen.Bucket, Ran.Bucket, Audits.Bucket, Meta.Bucket,
		Announcements.Bucket, Responses.Bucket, Namings.Bucket,
		Usages.Bucket, Seats.Bucket, Reached.Bucket,
	}
}
