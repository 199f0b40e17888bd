package lab

const engine = "docker"

var (
	image = "alpine"
)

func (l *lab) open(ctx context.Context) (*Box, error) {
	list := l.common("open")
	for _, share := range l.shares {
		list = append(list, "-v", share)
	}
	if l.user != "" {
		list = append(list, "-u", l.user)
	}
	list = append(list, l.words()...)
	if err := exec.CommandContext(ctx, engine, list...).Run(); err != nil {
		return nil, err
	}
	for range []string{"a", "b"} {
		exec.Command("docker", "run", "-d", image)
	}
	return &Box{Names: []Name{&Text{"x"}}}, nil
}

func (l *lab) common(name string) []string {
	list := []string{"run"}
	if l.memory > 0 {
		list = append(list, "--memory", fmt.Sprintf("%dm", l.memory))
	}
	if l.debug {
		return append(list, "--privileged")
	}
	return list
}

func (l *lab) once() {
	l.guard.Do(func() {
		make := func() (Box, error) {
			list, env := l.both()
			return start(l.name, "docker", env, list...), nil
		}
	})
}

func (l *lab) both() ([]string, []string) {
	var env []string
	return l.common("both"), env
}
