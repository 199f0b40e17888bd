package x

type T struct{ a map[string]interface{} }

func (t *T) Run(m map[string][]string) (out []string, err error) {
	if x := m["a"]; len(x) > 0 {
		t.cmd("docker", "run", "--privileged", "alpine")
	}
	for _, c := range []struct{ a, b string }{{"a", "b"}} {
		exec.Command("docker", "run", c.a, "alpine").Run()
	}
	args := []string{
		"run",
		"--rm",
		// "--privileged",
		"--cap-add=ALL",
		`-v`, "/:/host",
	}
	if v, ok := os.LookupEnv("X"); ok { args = append(args, "-e", "X="+v) } else if false { return nil, nil }
	cmd := exec.CommandContext(ctx, "docker", append(args, "alpine")...)
	switch {
	case a == 'x':
		go func() { exec.Command("docker", "run", "--pid=host", "alpine").Run() }()
	}
	defer exec.Command("docker", "rm", "-f", "x").Run()
	c := &exec.Cmd{Path: "docker", Args: []string{"docker", "run", "--privileged", "x"}}
	icmd.RunCommand("docker", "run", "-d", "--privileged", "alpine").Assert(t, icmd.Success)
	res := dockerCmd(c, "run", "-d", "busybox")
	select {
	case <-ch:
		exec.Command("docker", strings.Fields("run --privileged alpine")...)
	}
	mcp.Server{Command: "docker", Args: []string{"run", "-i", "x/y"}}
	return append([]string{"docker", "run"}, args...), nil
}
var table = []string{"docker", "run", "--privileged", "alpine"}
func TestX(t *testing.T) { require.Equal(t, []string{"docker", "run", "--privileged", "a"}, got) }
