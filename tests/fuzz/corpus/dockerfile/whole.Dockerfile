# docker run -it \
#	--net host \ # yes
# x
# $ docker run it's
FROM a
SHELL ["powershell"]
RUN --mount=type=x <<A <<-B docker run \  
# c

 x
A
	B
RUN ["docker","run","\u0041"
ONBUILD HEALTHCHECK --x CMD docker run a
RUN <<E
#!/bin/sh
docker run b
E
# cagelint: ignore[x]
