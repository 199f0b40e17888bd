# needs: go
# prints: 10 from goroutines
# prints: child out
export CGO_ENABLED=0 GOCACHE="$PWD/cache" GOPATH="$PWD/path" GOTOOLCHAIN=local GOPROXY=off
printf 'module sample\ngo 1.18\n' >go.mod
cat >main.go <<'END'
package main

import (
	"fmt"
	"os/exec"
)

func Sum() int {
	values := make(chan int)
	for i := 1; i <= 4; i++ {
		go func(i int) { values <- i }(i)
	}
	sum := 0
	for i := 0; i < 4; i++ {
		sum += <-values
	}
	return sum
}

func main() {
	fmt.Println(Sum(), "from goroutines")
	out, err := exec.Command("echo", "out").Output()
	if err != nil {
		panic(err)
	}
	fmt.Print("child ", string(out))
}
END
go build -o main . && ./main
