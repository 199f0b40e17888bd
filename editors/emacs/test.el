;;; test.el --- What cagelint.el shows in a real Emacs  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: Apache-2.0

;; Run by test.py in a folder of its own, without a terminal, as
;; `emacs -q --batch -l test.el -f FUNCTION'.

(require 'cl-lib)
(require 'package)
(package-initialize)
(require 'cagelint)

(defun test-fail (format &rest arguments)
  "End Emacs with a message."
  (princ (concat "not ok " (apply #'format format arguments) "\n"))
  (kill-emacs 1))

(defun test-equal (name actual expected)
  "Pass when ACTUAL is EXPECTED, under NAME."
  (unless (equal actual expected)
    (test-fail "%s\n  expected %S\n  but was  %S" name expected actual))
  (princ (format "ok %s: %S\n" name actual)))

(defun test-wait (what predicate)
  "Wait for what PREDICATE returns, at most 20 s; WHAT says what it is."
  (let ((end (time-add nil 20)) value)
    (while (not (setq value (funcall predicate)))
      (when (time-less-p end nil) (test-fail "waited in vain for %s" what))
      (accept-process-output nil 0.05))
    value))

(defun test-check ()
  "Have flymake ask its backends now: it waits for a display, and here is none."
  ;; A run that has not ended would be stopped for the next.
  (unless (process-live-p cagelint--process) (flymake-start nil t)))

(defun test-found (rule)
  "Return the diagnostics of RULE, each as (LINE COLUMN TYPE TEXT MARKED), from 1."
  (mapcar (lambda (diagnostic)
            (save-restriction
              (widen)
              (save-excursion
                (goto-char (flymake-diagnostic-beg diagnostic))
                (list (line-number-at-pos) (1+ (- (point) (line-beginning-position)))
                      (flymake-diagnostic-type diagnostic)
                      (flymake-diagnostic-text diagnostic)
                      (buffer-substring-no-properties (point)
                                                      (flymake-diagnostic-end diagnostic))))))
          (seq-filter (lambda (diagnostic)
                        (string-search (format "[%s]" rule) (flymake-diagnostic-text diagnostic)))
                      (flymake-diagnostics))))

(defun test-await-found (rule)
  "Return what `test-found' does, when it is something."
  (test-wait (format "a diagnostic of %s among %S" rule
                     (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))
             (lambda () (test-check) (accept-process-output nil 0.2) (test-found rule))))

(defun test-await-gone (rule)
  "Wait until there are diagnostics, and none of RULE."
  (test-wait (format "the end of %s" rule)
             (lambda ()
               (test-check)
               (accept-process-output nil 0.2)
               (and (flymake-diagnostics) (not (test-found rule)))))
  (princ (format "ok %s: is gone, %d others stay\n" rule (length (flymake-diagnostics)))))

;; What is expected, each as `test-found' has it. In both files a character outside of the BMP
;; stands before the finding, on its line.
;; The language server says what to do as well.
(defconst test-text-eglot
  (concat "cagelint [privileged]: runs privileged; fix: leave it out, and add the one capability or"
          " device that is needed"))
(defconst test-compose-eglot `((2 66 eglot-error ,test-text-eglot "true")))
(defconst test-shell-eglot `((2 25 eglot-error ,test-text-eglot "--privileged")))
(defconst test-compose-flymake '((2 66 :error "cagelint [privileged]: runs privileged" "true")))
(defconst test-shell-flymake
  '((2 25 :error "cagelint [privileged]: runs privileged" "--privileged")))
(defconst test-fix "run it unprivileged (unsafe: ")
(defconst test-fix-all "make all safe fixes in this file")

;;;; The language server

(defun test-open (name)
  "Visit the file NAME, with the server that `cagelint-eglot-setup' chose."
  (switch-to-buffer (find-file-noselect name))
  ;; One server has all modes of a project: it takes the second file by itself.
  (unless (eglot-current-server) (call-interactively #'eglot))
  (test-wait "the server" #'eglot-current-server))

(defun test-act (rule title)
  "Do the code action that begins with TITLE where RULE found something."
  (let ((diagnostic (seq-find (lambda (each)
                                (string-search (format "[%s]" rule) (flymake-diagnostic-text each)))
                              (flymake-diagnostics)))
        offered)
    ;; The place of the user, who chooses from a list.
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_prompt choices &rest _)
                 (setq offered (mapcar #'car choices))
                 (or (seq-find (lambda (each) (string-prefix-p title each)) offered)
                     (test-fail "%s: no action %s among %S" rule title offered))))
              (last-nonmenu-event t))
      (eglot-code-actions (flymake-diagnostic-beg diagnostic) (flymake-diagnostic-end diagnostic)
                          nil t))
    ;; Eglot sends a change when Emacs is idle, which it never is here, or when it is saved.
    (save-buffer)
    (princ (format "ok %s: chose %S\n" rule title))))

(defun test-eglot ()
  "Diagnostics and fixes of the language server."
  (require 'eglot)
  (setq eglot-autoshutdown nil
        ;; What was asked of the server is done at once, and nobody is there to answer.
        eglot-confirm-server-initiated-edits nil)
  (cagelint-eglot-setup)
  (test-open "compose.yaml")
  (test-equal "mode" major-mode 'yaml-mode)
  (test-equal "compose.yaml" (test-await-found "privileged") test-compose-eglot)
  (test-act "privileged" test-fix)
  (test-await-gone "privileged")
  (test-open "run.sh")
  (test-equal "run.sh" (test-await-found "privileged") test-shell-eglot)
  (test-act "privileged" test-fix)
  (test-await-gone "privileged")
  ;; A command, whose edit the server sends by itself.
  (test-act "unlimited-pids" test-fix-all)
  (test-await-gone "unlimited-pids")
  (eglot-shutdown (eglot-current-server)))

;;;; Flymake without a server

(defun test-visit (name)
  "Visit the file NAME, with the flymake backend."
  (switch-to-buffer (find-file-noselect name))
  (cagelint-flymake-setup))

(defun test-silent (name)
  "The file NAME, which configures nothing, has no diagnostics, though it was looked at."
  (test-visit name)
  (test-check)
  (test-wait "the answer for a file without containers"
             (lambda () (memq #'cagelint-flymake (flymake-reporting-backends))))
  (test-equal name (mapcar #'flymake-diagnostic-text (flymake-diagnostics)) nil))

(defun test-flymake ()
  "Diagnostics of `cagelint check', of the text as it is in the buffer."
  (test-visit "compose.yaml")
  (test-equal "compose.yaml" (test-await-found "privileged") test-compose-flymake)
  (goto-char (point-min))
  (search-forward "true")
  (replace-match "false")
  (test-await-gone "privileged")
  (test-equal "compose.yaml is not saved" (buffer-modified-p) t)
  (test-visit "run.sh")
  (narrow-to-region (point-max) (point-max))
  (test-equal "run.sh, narrowed" (test-await-found "privileged") test-shell-flymake)
  (setq cagelint-flymake-arguments '("--ignore" "privileged"))
  (test-await-gone "privileged")
  (setq cagelint-flymake-arguments '("--no-such-option"))
  (test-equal "what keeps it from answering"
              (car (split-string (nth 3 (car (test-await-found "no answer"))) "\n"))
              "cagelint [no answer]: cagelint: unknown option `--no-such-option`")
  (setq cagelint-flymake-arguments nil)
  (test-await-gone "no answer")
  (test-silent "notes.txt"))

(defun test-both ()
  "The backend beside eglot, which has flymake ask itself alone."
  (require 'eglot)
  (cagelint-eglot-setup)
  (add-hook 'eglot-managed-mode-hook #'cagelint-flymake-setup)
  ;; The server has settings, and the backend none.
  (setq-default eglot-workspace-configuration '(:cagelint (:ignore ["mutable-tag"])))
  (test-open "compose.yaml")
  (test-wait "both" (lambda () (test-check) (accept-process-output nil 0.2)
                      (= 2 (length (test-found "privileged")))))
  (test-wait "the settings" (lambda () (test-check) (accept-process-output nil 0.2)
                              (= 1 (length (test-found "mutable-tag")))))
  (test-equal "backends"
              (sort (delete-dups (mapcar #'flymake-diagnostic-backend (flymake-diagnostics)))
                    #'string<)
              '(cagelint-flymake eglot-flymake-backend))
  (eglot-shutdown (eglot-current-server)))

;;; test.el ends here
