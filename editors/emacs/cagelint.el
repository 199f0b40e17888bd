;;; cagelint.el --- Policy linter for container run configurations  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: Apache-2.0
;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1"))
;; Keywords: tools, languages, containers

;;; Commentary:

;; Two ways to see what cagelint finds, of which one is enough in a buffer:
;;
;; - `cagelint-eglot-setup' has eglot start the language server: diagnostics, fixes, hover.
;; - `cagelint-flymake-setup' has flymake run `cagelint check': diagnostics alone, but beside
;;   another language server, of which eglot allows one a buffer.
;;
;; Loading this file changes nothing.

;;; Code:

(require 'flymake)
(require 'json)
(require 'seq)
(require 'subr-x)

(defvar eglot-server-programs)

(defgroup cagelint nil
  "Policy linter for container run configurations."
  :group 'tools)

(defcustom cagelint-program "cagelint"
  "The program, by its name on `exec-path' or its absolute path."
  :type 'string)

(defcustom cagelint-eglot-modes
  '(yaml-mode yaml-ts-mode sh-mode bash-ts-mode dockerfile-mode dockerfile-ts-mode
    makefile-mode just-mode just-ts-mode markdown-mode conf-mode systemd-mode
    json-mode js-json-mode json-ts-mode toml-ts-mode powershell-mode bat-mode)
  "Modes (and those derived from them) whose language server is to be cagelint.
It takes the place of any other server for them.  Modes of programming
languages are left out for this reason; they have `cagelint-flymake-setup'."
  :type '(repeat symbol))

(defcustom cagelint-flymake-arguments nil
  "Further arguments of `cagelint check', as (\"--policy\" \"service\")."
  :type '(repeat string))

;;;; The language server

(defun cagelint--contact (&rest _)
  "Return the command line that starts the language server."
  (list cagelint-program "lsp"))

;;;###autoload
(defun cagelint-eglot-setup ()
  "Make cagelint the language server of the modes in `cagelint-eglot-modes'."
  (with-eval-after-load 'eglot
    ;; A function, so that a later change of `cagelint-program' counts.
    (setq eglot-server-programs
          (cons (cons cagelint-eglot-modes #'cagelint--contact)
                (seq-remove (lambda (entry) (eq (cdr-safe entry) #'cagelint--contact))
                            eglot-server-programs)))))

;;;; Flymake without a server

(defvar-local cagelint--process nil
  "The run of `cagelint check' whose answer this buffer waits for.")

(defun cagelint--position (place)
  "Return the position of PLACE, an alist with line and column, both from 1."
  (save-excursion
    (goto-char (point-min))
    (forward-line (1- (alist-get 'line place)))
    ;; The program counts characters, as Emacs does: one outside of the BMP is one.
    (min (line-end-position) (+ (point) (1- (alist-get 'column place))))))

(defun cagelint--region (range)
  "Return (BEGIN . END) of RANGE, at least one character where there is one."
  (if (null range)
      (cons (point-min) (min (1+ (point-min)) (point-max)))
    (let ((begin (cagelint--position (alist-get 'start range)))
          (end (cagelint--position (alist-get 'end range))))
      (cond ((< begin end) (cons begin end))
            ((< begin (point-max)) (cons begin (1+ begin)))
            (t (cons (max (point-min) (1- begin)) begin))))))

(defun cagelint--diagnostic (item type code)
  "Return the diagnostic of TYPE for ITEM, an alist; CODE names what it is."
  (pcase-let ((`(,begin . ,end) (cagelint--region (alist-get 'range item))))
    (flymake-make-diagnostic (current-buffer) begin end type
                             (format "cagelint [%s]: %s" code (alist-get 'message item)))))

(defun cagelint--diagnostics (report name)
  "Return the diagnostics of what REPORT says of the file NAME.
What it found in other files is shown where these are visited."
  (let ((here (lambda (item)
                (and (equal (expand-file-name (alist-get 'path item)) (expand-file-name name))
                     (not (alist-get 'suppressed item))))))
    (append
     (mapcar (lambda (finding)
               (cagelint--diagnostic finding
                                     (pcase (alist-get 'severity finding)
                                       ("error" :error) ("warning" :warning) (_ :note))
                                     (alist-get 'rule finding)))
             (seq-filter here (alist-get 'findings report)))
     (mapcar (lambda (gap)
               (cagelint--diagnostic gap :warning (concat "gap " (alist-get 'kind gap))))
             (seq-filter here (alist-get 'gaps report))))))

(defun cagelint--failure (text)
  "Return one diagnostic that says with TEXT why there are no others."
  (list (cagelint--diagnostic `((message . ,(string-trim text))) :error "no answer")))

(defun cagelint--answer (process name)
  "Return the diagnostics of NAME that follow from what PROCESS printed."
  (let ((report (with-current-buffer (process-buffer process)
                  (goto-char (point-min))
                  ;; Not an answer: it was killed, or does not know an argument.
                  (ignore-errors
                    (json-parse-buffer :object-type 'alist :array-type 'list
                                       :null-object nil :false-object nil)))))
    (cond ((not (and report (memq (process-exit-status process) '(0 1 3))))
           (cagelint--failure
            (with-current-buffer (process-get process 'errors) (buffer-string))))
          ;; It was not read as anything, which is a gap where one asks for it by name. Here
          ;; nobody did.
          ((eql 0 (alist-get 'files (alist-get 'summary report))) nil)
          (t (cagelint--diagnostics report name)))))

(defun cagelint--sentinel (process buffer report-fn name)
  "Report what PROCESS found in NAME, the text of BUFFER, to REPORT-FN."
  (unless (process-live-p process)
    (let* ((errors (process-get process 'errors))
           (pipe (get-buffer-process errors)))
      ;; What it wrote to standard error may come after its end.
      (while (and pipe (process-live-p pipe) (accept-process-output pipe 1)))
      (unwind-protect
          (when (buffer-live-p buffer)
            (with-current-buffer buffer
              ;; Otherwise the text has changed, and a newer run is on its way.
              (when (eq process cagelint--process)
                (save-restriction
                  (widen)
                  (funcall report-fn (cagelint--answer process name))))))
        (kill-buffer (process-buffer process))
        (kill-buffer errors)))))

(defun cagelint--start (report-fn name)
  "Start `cagelint check' on this buffer as the file NAME, for REPORT-FN."
  (let* ((buffer (current-buffer))
         (errors (generate-new-buffer " *cagelint errors*" t))
         (process
          (make-process
           :name "cagelint" :noquery t :connection-type 'pipe :coding 'utf-8-unix
           :buffer (generate-new-buffer " *cagelint*" t) :stderr errors
           :command `(,cagelint-program "check" "-" "--stdin-filename" ,name "--format" "json"
                      ,@cagelint-flymake-arguments)
           :sentinel (lambda (process _event)
                       (cagelint--sentinel process buffer report-fn name)))))
    (process-put process 'errors errors)
    (set-process-sentinel (get-buffer-process errors) #'ignore)
    (set-process-query-on-exit-flag (get-buffer-process errors) nil)
    process))

;;;###autoload
(defun cagelint-flymake (report-fn &rest _)
  "Flymake backend: tell REPORT-FN what `cagelint check' finds in this buffer."
  (when (file-remote-p default-directory)
    (error "The program cagelint runs on local files only"))
  (when (process-live-p cagelint--process) (kill-process cagelint--process))
  (let ((name (or buffer-file-name (buffer-name))))
    (setq cagelint--process (cagelint--start report-fn name))
    (save-restriction
      (widen)
      ;; It may have ended already, for an argument that it does not know: its sentinel says so.
      (ignore-errors
        (process-send-region cagelint--process (point-min) (point-max))
        (process-send-eof cagelint--process)))))

;;;###autoload
(defun cagelint-flymake-setup ()
  "Have flymake show what cagelint finds in this buffer.
For the hook of a mode; for `eglot-managed-mode-hook' where eglot runs
another language server, since eglot has flymake ask itself alone."
  (add-hook 'flymake-diagnostic-functions #'cagelint-flymake nil t)
  (unless flymake-mode (flymake-mode 1)))

(provide 'cagelint)
;;; cagelint.el ends here
