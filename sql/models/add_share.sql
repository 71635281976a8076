-- A model version serves a share of the postings from now on; a share of 0 ends that.
INSERT INTO app.model_shares (version, share, set_by, reason, set_at) VALUES (:version, :share, :set_by, :reason, SYSDATE);
